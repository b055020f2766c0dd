using System.Diagnostics;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>oathtool, another maker of codes.</summary>
internal static class Oathtool
{
    public static async Task<string> CodeAsync(byte[] secret, long second, string algorithm = "SHA1", int digits = 6, int period = 30)
    {
        using var process = Process.Start(new ProcessStartInfo("oathtool", [$"--totp={algorithm}", $"--digits={digits}", $"--time-step-size={period}s", $"--now=@{second}", Convert.ToHexString(secret)]) { RedirectStandardOutput = true })!;
        var code = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
        return code.Trim();
    }

    /// <summary>The codes that an app may show now: a period may end between looking and asking.</summary>
    public static async Task<string[]> NowAsync(byte[] secret, string algorithm = "SHA1", int digits = 6, int period = 30)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return [await CodeAsync(secret, now, algorithm, digits, period), await CodeAsync(secret, now - 3, algorithm, digits, period)];
    }
}
