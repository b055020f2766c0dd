using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Peers;

/// <summary>A program of another language that signs its users in: npm's openid-client. <c>OpenIdClient/program.mjs</c>.</summary>
internal sealed class OpenIdProgram : IDisposable
{
    private static readonly NodeFolder s_folder = new("OpenIdClient");

    private readonly Process _process;

    private OpenIdProgram(Process process) => _process = process;

    /// <summary>Starts it, and it reads the document.</summary>
    /// <param name="issuer">The service.</param>
    /// <param name="client">Its client id.</param>
    /// <param name="how">How it proves itself: <c>basic</c>, <c>post</c>, or <c>key</c>.</param>
    /// <param name="secret">What with: its secret, or its private key as PEM.</param>
    public static async Task<OpenIdProgram> StartAsync(string issuer, string client, string how, string secret) =>
        new(await s_folder.StartAsync("program.mjs", issuer, client, how, secret));

    /// <summary>Has it do something that it must be able to do.</summary>
    public async Task<JsonObject> DoAsync(string act, JsonObject? what = null)
    {
        var answer = await TryAsync(act, what);
        Assert.True(answer["fault"] is null, answer.ToJsonString());
        return answer;
    }

    /// <summary>Has it do something that it is refused.</summary>
    /// <returns>What it makes of that.</returns>
    public async Task<JsonObject> FailAsync(string act, JsonObject? what = null)
    {
        var answer = await TryAsync(act, what);
        Assert.True(answer["fault"] is not null, answer.ToJsonString());
        return answer["fault"]!.AsObject();
    }

    /// <summary>Where it sends the browser.</summary>
    public async Task<string> AuthorizeAsync(JsonObject? parameters = null, bool push = false)
    {
        var all = (JsonObject?)parameters?.DeepClone() ?? [];
        all["redirect_uri"] ??= OpenIdClientTest.Back;
        return (await DoAsync("authorize", new() { ["parameters"] = all, ["push"] = push }))["url"]!.ToString();
    }

    /// <summary>The browser comes back.</summary>
    /// <returns>The tokens, their claims, and what it is told of the user.</returns>
    public async Task<JsonObject> CallbackAsync(string url)
    {
        var tokens = await DoAsync("callback", new() { ["url"] = url });
        Seen.Secret(tokens["access"]!.ToString());
        Seen.Secret(tokens["id"]!.ToString());
        return tokens;
    }

    /// <summary>Asks for a second step without a browser.</summary>
    public Task<JsonObject> AskAsync(JsonObject parameters) => DoAsync("ask", new() { ["parameters"] = parameters });

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    /// <summary>A key of its own, and the public half as the service's settings have it.</summary>
    public static (string Pem, string Jwks) NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        var jwk = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url(point.X!), ["y"] = Base64Url(point.Y!) };
        return (Seen.Secret(key.ExportPkcs8PrivateKeyPem()), new JsonObject { ["keys"] = new JsonArray(jwk) }.ToJsonString());
    }

    private static string Base64Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private async Task<JsonObject> TryAsync(string act, JsonObject? what)
    {
        var line = (JsonObject?)what?.DeepClone() ?? [];
        line["act"] = act;
        await _process.StandardInput.WriteLineAsync(line.ToJsonString());
        var answer = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return JsonNode.Parse(answer ?? throw new InvalidOperationException("openid-client ended."))!.AsObject();
    }
}
