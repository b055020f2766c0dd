using System.Diagnostics;

namespace Mfa.Contract;

/// <summary>A program of the machine's: oathtool, zbarimg, rsvg-convert.</summary>
public static class Tool
{
    /// <summary>What it prints.</summary>
    public static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var faults = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? (await output).Trim() : throw new InvalidOperationException($"{program}: {await faults}");
    }
}
