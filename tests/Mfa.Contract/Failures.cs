using Xunit;

namespace Mfa.Contract;

/// <summary>Each failure has its state and its reason. The clock runs, and waits are short.</summary>
public abstract class Failures(Storage storage) : LaptopTest(storage)
{
    protected override Dictionary<string, string?> Settings => ShortWaits.Settings();

    /// <summary>Another code than this one.</summary>
    internal static string Wrong(string code) => Seen.Secret($"{(int.Parse(code, System.Globalization.CultureInfo.InvariantCulture) + 1) % 1_000_000:000000}");

    protected async Task<Reply> AssertEndsAsync(string id, string state, string? reason)
    {
        var ended = await User.WaitForVerificationAsync(id, state);
        Assert.Equal(reason, ended.Text("verification.reason"));
        return ended;
    }

    /// <summary>Until the row of the enrollment is not written for a second: the clock has done what was left.</summary>
    protected async Task QuietAsync(string id)
    {
        var version = (await User.SeeAsync(id))["version"];
        while (true)
        {
            var next = (await User.GetAsync($"me/enrollments/{id}?wait=1&seen={version}"))["version"];
            if (next == version)
            {
                return;
            }

            version = next;
        }
    }
}
