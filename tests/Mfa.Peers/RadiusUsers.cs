using Xunit;

namespace Mfa.Peers;

/// <summary>What FreeRADIUS itself knows of its users goes on to count.</summary>
public sealed class RadiusUsers(Storage storage) : RadiusTest(storage)
{
    protected override string Client => "mfa_first_step = \"done\"";

    protected override string From => "127.0.0.2";

    protected override async Task SetUpAsync(HowToTerminal terminal)
    {
        await base.SetUpAsync(terminal);
        await terminal.RunAsync("""
            cat >> /etc/freeradius/3.0/mods-config/files/authorize <<'END'
            barred	Auth-Type := Reject
            	Fall-Through = Yes
            expired	Cleartext-Password := "demo", Expiration := "Jan 01 2020 00:00:00"
            lucky	Cleartext-Password := "demo"
            	Reply-Message = "Hello lucky", Framed-IP-Address = 192.0.2.1
            END
            """);
    }

    [Theory]
    [InlineData("barred")]
    [InlineData("expired")]
    public async Task Who_is_barred_there_is_asked_nothing(string name)
    {
        foreach (var (from, typed) in new[] { ("127.0.0.1", Password), ("127.0.0.1", Password + "123456"), (From, "123456"), (From, "") })
        {
            Assert.Equal("Access-Reject", (await Radius.AskAsync(name, typed, from: from)).Packet);
        }

        Assert.Empty(Wire.Requests);
    }

    [Fact]
    public async Task What_is_given_with_an_accept_comes_with_nothing_else()
    {
        var (app, _) = await User.SetUpAppAsync();
        await NameAsync(User, "lucky@contoso.example");
        foreach (var typed in new[] { "wrong", Password })
        {
            var answer = await Radius.AskAsync("lucky", typed);
            Assert.DoesNotContain("Framed-IP-Address", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Hello", answer.Text, StringComparison.Ordinal);
        }

        var accepted = await Radius.AskAsync("lucky", Password + await app.CodeAsync(1));
        Assert.Equal("Access-Accept", accepted.Packet);
        Assert.Contains("Framed-IP-Address = 192.0.2.1", accepted.Text, StringComparison.Ordinal);
    }
}
