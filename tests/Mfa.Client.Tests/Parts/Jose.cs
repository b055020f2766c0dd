using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Mfa.Client.Tests;

/// <summary>A relying party's process in another language: npm's jose, which knows nothing of ours. <c>jose/verify.mjs</c>.</summary>
internal sealed class Jose : IDisposable
{
    private static readonly string s_folder = Path.Combine(typeof(Jose).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectFolder").Value!, "jose");
    private static readonly SemaphoreSlim s_install = new(1, 1);

    private readonly Process _process;

    private Jose(Process process) => _process = process;

    public static async Task<Jose> StartAsync(string url, string issuer, string audience)
    {
        await s_install.WaitAsync();
        try
        {
            if (!File.Exists(Path.Combine(s_folder, "node_modules", ".package-lock.json")))
            {
                await Tool.RunAsync("npm", "ci", "--prefix", s_folder, "--prefer-offline", "--no-audit", "--no-fund");
            }
        }
        finally
        {
            s_install.Release();
        }

        return new(Process.Start(new ProcessStartInfo("node", [Path.Combine(s_folder, "verify.mjs"), url + "/.well-known/jwks.json", issuer, audience])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!);
    }

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
