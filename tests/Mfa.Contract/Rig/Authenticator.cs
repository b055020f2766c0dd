using System.Globalization;

namespace Mfa.Contract;

/// <summary>An authenticator that has read the square of an enrollment.</summary>
/// <param name="Enrollment">The enrollment.</param>
/// <param name="Secret">The secret, as base32.</param>
public sealed record Authenticator(string Enrollment, string Secret)
{
    private const int StepSeconds = 30;

    public static Authenticator Of(Reply enrollment) => new(enrollment["id"], enrollment["activation.secretKey"].Replace(" ", "", StringComparison.Ordinal));

    /// <summary>What it shows.</summary>
    /// <param name="steps">How many steps ahead its clock is: a code serves once, and the next is taken early.</param>
    /// <param name="at">The time; now where null.</param>
    public async Task<string> CodeAsync(int steps = 0, DateTimeOffset? at = null)
    {
        var time = (at ?? DateTimeOffset.UtcNow).AddSeconds(steps * StepSeconds).UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
        return Seen.Secret(await Tool.RunAsync("oathtool", "--totp", "--base32", "--now", time, Secret));
    }
}
