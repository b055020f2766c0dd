using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Mfa.Acs;
using Mfa.VirtualPhone;
using Microsoft.AspNetCore.Builder;

namespace Mfa.Functions.Tests;

/// <summary>The real telephone network, and a pipeline to it that is made as the head makes those of the SDKs.</summary>
internal sealed class Network : IAsyncDisposable
{
    public const string Number = "+14255550123";
    private readonly WebApplication _app;
    private readonly HttpPipeline _pipeline;
    private readonly HttpClient _phones;

    private Network(WebApplication app, string accessKey, HttpPipelinePolicy repeatable)
    {
        _app = app;
        _phones = new() { BaseAddress = new Uri(app.Urls.Single()) };
        _pipeline = HttpPipelineBuilder.Build(AcsPipeline.Prepare(new PipelineOptions(), repeatable), new SigningPolicy(accessKey));
    }

    public static async Task<Network> StartAsync(HttpPipelinePolicy repeatable)
    {
        VirtualPhoneOptions? kept = null;
        var app = VirtualPhoneNetwork.Build([], options => (kept = options).Url = "http://127.0.0.1:0");
        await app.StartAsync();
        return new(app, kept!.AccessKey, repeatable);
    }

    /// <summary>Sends a body as an SDK does, with ids of its own where it gives any.</summary>
    public async Task<Response> PostAsync(string path, JsonNode body, bool ownIds = false)
    {
        using var message = _pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(new Uri(_phones.BaseAddress!, path));
        message.Request.Headers.Add("Content-Type", "application/json");
        if (ownIds)
        {
            message.Request.Headers.Add("Repeatability-Request-ID", Guid.NewGuid().ToString());
            message.Request.Headers.Add("Repeatability-First-Sent", DateTimeOffset.UtcNow.ToString("r"));
        }

        message.Request.Content = RequestContent.Create(BinaryData.FromString(body.ToJsonString()));
        await _pipeline.SendAsync(message, TestContext.Current.CancellationToken);
        return message.Response.Status < 300 ? message.Response : throw new RequestFailedException(message.Response);
    }

    public async Task<JsonNode> PhoneAsync() => (await _phones.GetFromJsonAsync<JsonNode>($"/phones/{Number[1..]}", TestContext.Current.CancellationToken))!;

    public async ValueTask DisposeAsync()
    {
        _phones.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
