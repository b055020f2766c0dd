using System.Text;
using Xunit;

namespace Mfa.Peers;

/// <summary>Whatever is typed as a name or a password is refused as wrong, is logged nowhere, and disturbs nobody else.</summary>
public sealed class DovecotBadInput(Storage storage) : DovecotTest(storage)
{
    private const string Marker = "Zq7marker";

    [Fact]
    public async Task Any_password_is_only_a_wrong_one()
    {
        byte[][] passwords =
        [
            Bytes($"{Marker}\ttab\nline\r\nline"), [.. Bytes(Marker), 0xff, 0xfe, 0xc0, 0x80], [.. Bytes(Marker), 0xed, 0xa0, 0x80], Bytes($"{Marker}\"\\\",\"userName\":\"x"), Bytes($"{Marker}\u0001\u001f\u007f\u0085\u2028"),
            Bytes($"{Marker}%u %{{env:PATH}} $(id) `id` {{PLAIN}}"), Bytes($"{Marker} {new string('x', 70)}"), Bytes($"{Marker} {new string('é', 1100)}"), Bytes(Marker + "\U0001F511"), Bytes($"{Password}\n"), Bytes(""),
        ];
        await Task.WhenAll(passwords.Select(async password =>
        {
            Assert.StartsWith(MailProgram.Wrong, await PlainAsync(Bytes(UserName), password), StringComparison.Ordinal);
            await BesideAsync();
        }));
        AssertNothingLogged();
    }

    [Fact]
    public async Task Nul_is_in_no_password()
    {
        Assert.StartsWith(MailProgram.Wrong, await PlainAsync(Bytes(UserName), [.. Bytes(Password), 0, .. Bytes(Marker)]), StringComparison.Ordinal);
        Assert.StartsWith(MailProgram.Wrong, await PlainAsync([.. Bytes(UserName), 0, .. Bytes(Marker)], Bytes(Password)), StringComparison.Ordinal);
        // In LOGIN it ends what was typed.
        Assert.StartsWith(MailProgram.Wrong, await LiteralsAsync(Bytes(UserName), [.. Bytes(Marker), 0, .. Bytes(Password)]), StringComparison.Ordinal);
        await BesideAsync();
        AssertNothingLogged();
    }

    [Fact]
    public async Task Any_name_is_only_a_wrong_one()
    {
        byte[][] names =
        [
            Bytes(new string('n', 300)), Bytes($"{new string('n', 300)}@contoso.example"), [.. Bytes("n"), 0xff, 0xc3], Bytes("n\tm"), Bytes("n\nm"), Bytes("n\r\nm"), Bytes("n\"m\\"), Bytes("né"), Bytes(" n"), Bytes(""), Bytes("../n"), Bytes("n@m@o"),
        ];
        await Task.WhenAll(names.Select(async name =>
        {
            foreach (var said in await Task.WhenAll(PlainAsync(name, Bytes($"{Marker}1")), PlainAsync(name, Bytes(Password)), LiteralsAsync(name, Bytes(Password))))
            {
                Assert.True(said.StartsWith(MailProgram.Wrong, StringComparison.Ordinal) || said.StartsWith("BAD", StringComparison.Ordinal), $"{Convert.ToHexString(name)}: {said}");
            }
        }));
        await BesideAsync();
        AssertNothingLogged();
    }

    [Fact]
    public async Task Too_much_is_hung_up_on_and_nobody_else_waits()
    {
        using var program = await Dovecot.ConnectAsync();
        var said = await program.AuthenticateAsync([0, .. Bytes(UserName), 0, .. Enumerable.Repeat((byte)'x', 200_000)]);
        Assert.DoesNotContain("OK", said, StringComparison.Ordinal);
        await BesideAsync();
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private async Task<string> PlainAsync(byte[] name, byte[] password)
    {
        using var program = await Dovecot.ConnectAsync();
        return await program.AuthenticateAsync([0, .. name, 0, .. password]);
    }

    private async Task<string> LiteralsAsync(byte[] name, byte[] password)
    {
        using var program = await Dovecot.ConnectAsync();
        return await program.LogInAsync(name, password);
    }

    // Another program of the user, meanwhile.
    private Task BesideAsync() => AssertAsync("OK");

    private void AssertNothingLogged()
    {
        Assert.DoesNotContain(Marker, Dovecot.Log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Seen.Lines, line => line.Contains(Marker, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(Seen.Secrets, secret => Dovecot.Log.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }
}
