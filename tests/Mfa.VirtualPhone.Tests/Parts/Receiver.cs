using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.VirtualPhone.Tests;

/// <summary>Where events go: it believes none that isn't proved as the carrier says, and can be told to answer badly.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly List<Received> _waiting = [];
    private readonly SemaphoreSlim _came = new(0);
    private OpenIdConnectConfiguration? _keys;
    private string? _openId;
    private VirtualPhoneOptions? _trusted;

    private Receiver(WebApplication app, TimeProvider time) => (_app, _time) = (app, time);

    /// <summary>The statuses of the next answers; 200 when there are no more.</summary>
    public ConcurrentQueue<int> Answers { get; } = [];

    /// <summary>Answers wait for this one, where it is set.</summary>
    public Task? Holds { get; set; }

    /// <summary>Every event that came, in order.</summary>
    public ConcurrentQueue<Received> All { get; } = [];

    public string CallsUrl => _app.Urls.Single() + "/calls";

    public string TextsUrl => _app.Urls.Single() + "/texts";

    public static async Task<Receiver> Start(TimeProvider time, string address = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(address);
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var receiver = new Receiver(app, time);
        app.MapPost("/{kind}", receiver.Receive);
        await app.StartAsync();
        return receiver;
    }

    public void Trust(string openId, VirtualPhoneOptions options) => (_openId, _trusted) = (openId, options);

    /// <summary>The next event of this kind, and takes it.</summary>
    public async Task<Received> Next(string kind)
    {
        while (true)
        {
            lock (_waiting)
            {
                if (_waiting.Find(one => one.Kind == kind) is { } found)
                {
                    _waiting.Remove(found);
                    return found;
                }
            }

            var kinds = string.Join(", ", All.Select(one => one.Kind));
            Assert.True(await _came.WaitAsync(Patience), $"No {kind} came; what came: {kinds}.");
        }
    }

    private async Task<IResult> Receive(HttpContext http, string kind)
    {
        var one = (await http.Request.ReadFromJsonAsync<JsonElement>()).EnumerateArray().Single();
        var type = one.GetProperty(kind == "calls" ? "type" : "eventType").GetString()!;
        if (kind == "calls") { await CheckToken(http.Request); }
        else if (http.Request.Headers["X-Mfa-Events-Secret"] != "delivery secret") { type = "Microsoft.Communication.Unproved"; }

        var received = new Received(type["Microsoft.Communication.".Length..], one, new HeaderDictionary(http.Request.Headers.ToDictionary()), All.Count);
        All.Enqueue(received);
        lock (_waiting) { _waiting.Add(received); }
        _came.Release();
        if (Holds is { } holds) { await holds; }
        return Results.StatusCode(Answers.TryDequeue(out var status) ? status : 200);
    }

    private async Task CheckToken(HttpRequest request)
    {
        _keys ??= await OpenIdConnectConfigurationRetriever.GetAsync(_openId, new HttpDocumentRetriever { RequireHttps = false }, default);
        string header = request.Headers.Authorization!;
        Assert.StartsWith("Bearer ", header, StringComparison.Ordinal);
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(header["Bearer ".Length..], new TokenValidationParameters
        {
            ValidIssuer = _keys.Issuer,
            ValidAudience = _trusted!.ResourceId,
            IssuerSigningKeys = _keys.SigningKeys,
            ValidAlgorithms = ["RS256"],
            LifetimeValidator = (from, to, _, _) => to - from == TimeSpan.FromMinutes(5) && (to - _time.GetUtcNow().UtcDateTime)!.Value.TotalMinutes is > 0 and <= 5,
        });
        Assert.True(result.IsValid, result.Exception?.Message);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _came.Dispose();
    }
}
