using System.ComponentModel;
using System.Diagnostics;
using System.Reflection;

namespace Mfa.VirtualPhone.Tests;

/// <summary>The carrier's own clients, which know nothing of the network, drive it: <c>clients/clients.mjs</c>.</summary>
public sealed class ClientTests
{
    private static readonly string Folder = Path.Combine(
        typeof(ClientTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "ProjectFolder").Value!, "clients");

    [Fact]
    public async Task The_carriers_own_clients_send_a_text_and_hold_a_call()
    {
        await using var net = await Network.Start(options => options.SpeakFor = TimeSpan.FromMilliseconds(50));
        if (!File.Exists(Path.Combine(Folder, "node_modules", ".package-lock.json")))
        {
            await Run("npm", "ci", "--prefer-offline", "--no-audit", "--no-fund");
        }

        var facts = await Run("node", "clients.mjs", net.Address);
        Assert.Equal(
            ["text sent", "text with a wrong key is 401", "call with a wrong key is 401", "call placed", "call connected",
                "prompt played", "key recognized", "recognize cancelled", "tones sent", "call hung up"],
            facts.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>What the program wrote; the test fails in the program's own words where it ends badly.</summary>
    private static async Task<string> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Start(start);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"{program} {arguments[0]} ended with {process.ExitCode}:\n{await output}\n{await errors}");
            return await output;
        }
        finally
        {
            if (!process.HasExited) { process.Kill(entireProcessTree: true); }
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Fail($"This test needs Node 20 or newer: \"{start.FileName}\" was not found on the PATH.");
            throw;
        }
    }
}
