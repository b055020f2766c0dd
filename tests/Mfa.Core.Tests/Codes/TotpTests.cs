using CsCheck;
using Xunit;

namespace Mfa.Core.Tests;

public class TotpTests
{
    private static readonly Secret s_rfc = Secret.From("12345678901234567890"u8);
    private static readonly Gen<Secret> s_seeds = Gen.Byte.Array[16, 32].Select(bytes => Secret.From(bytes));
    private static readonly Gen<DateTimeOffset> s_times = Gen.Long[60, 10_000_000_000].Select(DateTimeOffset.FromUnixTimeSeconds);

    // The library's own way from a time to a code: not the one that the code under test takes.
    private static string CodeAt(Secret seed, long step) => new OtpNet.Totp(seed.Bytes.ToArray()).ComputeTotp(DateTimeOffset.FromUnixTimeSeconds(step * 30).UtcDateTime);

    private static DateTimeOffset At(long seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);

    // RFC 6238 appendix B prints eight digits; six are its last six (RFC 4226 §5.3).
    [Theory]
    [InlineData(59, 0x1, "287082"), InlineData(1111111109, 0x23523EC, "081804"), InlineData(1111111111, 0x23523ED, "050471")]
    [InlineData(1234567890, 0x273EF07, "005924"), InlineData(2000000000, 0x3F940AA, "279037"), InlineData(20000000000, 0x27BC86AA, "353130")]
    public void The_codes_are_those_of_rfc_6238_appendix_b(long seconds, long step, string code)
    {
        Assert.Equal(step, Totp.StepAt(At(seconds)));
        Assert.True(Totp.IsCodeOf(s_rfc, code, step));
        Assert.Equal(step, Totp.AcceptedStep(s_rfc, code, At(seconds), null));
        Assert.Equal(step, Totp.AcceptedStep(s_rfc, $" {code[..3]} {code[3..]} ", At(seconds).ToOffset(TimeSpan.FromHours(9)), step - 1));
    }

    [Theory, InlineData(29_969, false), InlineData(29_970, true), InlineData(30_000, true), InlineData(30_029, true), InlineData(30_059, true), InlineData(30_060, false)]
    public void A_code_lives_from_the_step_before_it_to_the_end_of_the_step_after(long seconds, bool accepted) =>
        Assert.Equal(accepted ? 1000 : null, Totp.AcceptedStep(s_rfc, CodeAt(s_rfc, 1000), At(seconds), null));

    [Fact]
    public void Exactly_one_step_either_way_is_accepted() => Gen.Select(s_seeds, s_times, Gen.Long[-4, 4]).Sample((seed, now, off) =>
    {
        var current = Totp.StepAt(now);
        if (current + off < 0) return;
        var typed = CodeAt(seed, current + off);
        long? expected = Enumerable.Range(-1, 3).Select(near => current + near).Where(step => CodeAt(seed, step) == typed).Select(step => (long?)step).Max();
        Assert.Equal(expected, Totp.AcceptedStep(seed, typed, now, null));
        if (off is >= -1 and <= 1) Assert.NotNull(expected);
    }, iter: 10_000);

    [Fact]
    public void A_step_is_accepted_once_and_never_an_older_one() => Gen.Select(s_seeds, s_times, Gen.Select(Gen.Long[0, 45], Gen.Long[-2, 2]).Array[1, 20]).Sample((seed, start, tries) =>
    {
        long? last = null;
        var now = start;
        foreach (var (later, off) in tries)
        {
            now = now.AddSeconds(later);
            var step = Math.Max(0, Totp.StepAt(now) + off);
            var accepted = Totp.AcceptedStep(seed, CodeAt(seed, step), now, last);
            if (accepted is null)
            {
                Assert.True(Math.Abs(step - Totp.StepAt(now)) > 1 || step <= last);
                continue;
            }
            Assert.True(last is null || accepted > last);
            last = accepted;
            Assert.Null(Totp.AcceptedStep(seed, CodeAt(seed, step), now, last));
        }
    }, iter: 2_000);

    [Fact]
    public void The_step_before_one_that_was_accepted_is_over()
    {
        Assert.Null(Totp.AcceptedStep(s_rfc, CodeAt(s_rfc, 999), At(30_000), 1000));
        Assert.Null(Totp.AcceptedStep(s_rfc, CodeAt(s_rfc, 1000), At(30_000), 1000));
        Assert.Equal(1001, Totp.AcceptedStep(s_rfc, CodeAt(s_rfc, 1001), At(30_000), 1000));
        Assert.Null(Totp.AcceptedStep(s_rfc, CodeAt(s_rfc, 1001), At(30_000), long.MaxValue));
    }

    [Theory, InlineData(""), InlineData("28708"), InlineData("2870822"), InlineData("94287082"), InlineData("28708a"), InlineData("755224x")]
    public void What_is_no_code_is_never_accepted(string typed) => Assert.Null(Totp.AcceptedStep(s_rfc, typed, At(59), null));

    [Fact]
    public void Before_the_epoch_there_are_no_steps()
    {
        Assert.False(Totp.IsCodeOf(s_rfc, "755224", -1));
        Assert.Null(Totp.AcceptedStep(s_rfc, "755224", DateTimeOffset.MinValue, null));
        Assert.Equal(0, Totp.AcceptedStep(s_rfc, "755224", DateTimeOffset.UnixEpoch, null)); // RFC 4226 appendix D, count 0
    }

    [Fact]
    public void Base32_reads_back_as_the_seed() => Gen.Byte.Array[1, 64].Sample(bytes =>
        OtpNet.Base32Encoding.ToBytes(Totp.Base32(Secret.From(bytes))).AsSpan().SequenceEqual(bytes)
        && Totp.Grouped(Secret.From(bytes)).Replace(" ", "", StringComparison.Ordinal) == Totp.Base32(Secret.From(bytes)), iter: 10_000);

    // RFC 4648 §10, without padding.
    [Theory, InlineData("f", "MY"), InlineData("fo", "MZXQ"), InlineData("foo", "MZXW6"), InlineData("foob", "MZXW6YQ"), InlineData("fooba", "MZXW6YTB"), InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_rfc_4648(string text, string base32) => Assert.Equal(base32, Totp.Base32(Secret.From(System.Text.Encoding.ASCII.GetBytes(text))));

    [Fact]
    public void The_seed_is_typed_in_groups_of_four() => Assert.Equal("GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ", Totp.Grouped(s_rfc));

    [Fact]
    public void The_key_uri_names_issuer_account_and_parameters() => Assert.Equal(
        "otpauth://totp/Contoso%20%26%20S%C3%B6hne:alice%2Bx%40contoso.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Contoso%20%26%20S%C3%B6hne&algorithm=SHA1&digits=6&period=30",
        Totp.Uri(s_rfc, "Contoso & Söhne", "alice+x@contoso.com"));

    [Fact]
    public void A_key_uri_reads_back_whatever_the_names_are() => Gen.Select(Gen.String["aZ09é ☎/?#&=%:+@\"<>"], Gen.String["aZ09é ☎/?#&=%:+@\"<>"]).Sample((issuer, account) =>
    {
        if (string.IsNullOrWhiteSpace(issuer) || string.IsNullOrWhiteSpace(account)) return;
        var uri = new Uri(Totp.Uri(s_rfc, issuer, account));
        Assert.Equal(("otpauth", "totp"), (uri.Scheme, uri.Host));
        var label = uri.AbsolutePath[1..].Split(':');
        var query = uri.Query[1..].Split('&').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        var expected = (issuer.Trim().Replace(':', '-'), account.Trim().Replace(':', '-'));
        Assert.Equal(2, label.Length);
        Assert.Equal(expected, (Uri.UnescapeDataString(label[0]), Uri.UnescapeDataString(label[1])));
        Assert.Equal(expected.Item1, query["issuer"]);
        Assert.Equal(5, query.Count);
    }, iter: 10_000);
}
