using System.Diagnostics;
using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Peers;

/// <summary>What wakes an app, read by one that knows nothing of ours: npm's http_ece and jose. <c>push/app.mjs</c>.</summary>
public sealed class WakeUps(Storage storage) : LaptopTest(storage)
{
    private static readonly string s_folder = Path.Combine(AuthenticatorPage.Repository, "tests/Mfa.Peers/push");

    [Fact]
    public async Task An_independent_app_reads_a_wake_up_and_knows_who_sent_it()
    {
        await Tool.RunAsync("npm", "ci", "--prefix", s_folder, "--prefer-offline", "--no-audit", "--no-fund");
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(s_folder, "app.mjs")]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var keys = await ReadAsync(process);

        using var app = new DeviceApp(Laptop.Url);
        var opened = await User.EnrollDeviceAsync();
        var pushKey = (await app.ActivateAsync(opened))["pushKey"];
        using var box = await PushService.SubscribeAsync(Laptop.Network, pushKey);
        var put = await app.SendAsync(HttpMethod.Put, "push", new() { ["endpoint"] = box.Endpoint, ["keys"] = keys });
        Assert.True(put.Status == 204, put.ToString());
        Assert.Equal(202, (await User.ContactAsync(opened["id"])).Status);

        var message = await box.MessageAsync();
        await process.StandardInput.WriteLineAsync(new JsonObject
        {
            ["body"] = message["body"]!.ToString(),
            ["authorization"] = message["authorization"]!.ToString(),
            ["origin"] = Laptop.Network[..Laptop.Network.LastIndexOf(':')],
        }.ToJsonString());
        var read = await ReadAsync(process);
        Assert.Equal(("{}", pushKey, "mailto:admin@contoso.example"), (read["text"]?.ToString(), read["key"]?.ToString(), read["payload"]?["sub"]?.ToString()));
        Assert.Equal(("aes128gcm", "high"), (message["encoding"]!.ToString(), message["urgency"]!.ToString()));
        Assert.InRange(int.Parse(message["ttl"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture), 60, 120);
        Assert.InRange(message["topic"]!.ToString().Length, 1, 32);
        process.Kill();
    }

    private static async Task<JsonNode> ReadAsync(Process process) =>
        JsonNode.Parse(await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken) ?? throw new InvalidOperationException("The app ended."))!;
}
