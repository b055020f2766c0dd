using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Mfa.Client.Tests;

/// <summary>A relying party's process in another language: npm's jose, which knows nothing of ours. <c>jose/verify.mjs</c>.</summary>
internal sealed class Jose : IDisposable
{
    private static readonly NodeFolder s_folder = new("jose");

    private readonly Process _process;

    private Jose(Process process) => _process = process;

    public static async Task<Jose> StartAsync(string url, string issuer, string audience) =>
        new(await s_folder.StartAsync("verify.mjs", url + "/.well-known/jwks.json", issuer, audience));

    /// <summary>What it says of a token: <c>payload</c> and <c>header</c>, or <c>fault</c>.</summary>
    public async Task<JsonNode> ReadAsync(string token)
    {
        await _process.StandardInput.WriteLineAsync(token);
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return JsonNode.Parse(line ?? throw new InvalidOperationException("jose ended."))!;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }
}
