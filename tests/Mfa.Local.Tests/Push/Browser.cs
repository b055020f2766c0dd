using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Mfa.Local.Tests;

/// <summary>A browser's side of push, in another language: npm's http_ece and jose. <c>browser/browser.mjs</c>.</summary>
internal sealed class Browser : IDisposable
{
    /// <summary>With the programs of a browser's side.</summary>
    public static readonly NodeFolder Folder = new("browser");

    private readonly Process _process;

    private Browser(Process process, JsonNode keys) => (_process, P256dh, Auth) = (process, keys["p256dh"]!.ToString(), keys["auth"]!.ToString());

    public string P256dh { get; }

    public string Auth { get; }

    public static async Task<Browser> StartAsync()
    {
        var process = await Folder.StartAsync("browser.mjs");
        return new(process, await ReadAsync(process));
    }

    /// <summary>What it makes of a delivered message: <c>payload</c>, <c>claims</c> and <c>k</c>, or <c>fault</c>.</summary>
    public async Task<JsonNode> OpenAsync(JsonNode message, string audience)
    {
        await _process.StandardInput.WriteLineAsync(new JsonObject { ["headers"] = message["headers"]!.DeepClone(), ["body"] = message["body"]!.DeepClone(), ["audience"] = audience }.ToJsonString());
        return await ReadAsync(_process);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static async Task<JsonNode> ReadAsync(Process process)
    {
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return JsonNode.Parse(line ?? throw new InvalidOperationException("The browser ended."))!;
    }
}
