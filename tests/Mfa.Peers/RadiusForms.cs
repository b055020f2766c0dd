using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Peers;

/// <summary>Packets that no honest client sends: refused, nothing of them is logged or asked, and nobody else is disturbed.</summary>
public sealed class RadiusForms(Storage storage) : RadiusTest(storage)
{
    private const byte Reject = 3, Challenge = 11;

    // A client where any password would be followed by a question to the service.
    protected override string Client => "mfa_first_step = \"done\"";

    protected override string From => "127.0.0.2";

    [Fact]
    public async Task Without_its_Message_Authenticator_or_with_a_broken_one_a_packet_is_dropped()
    {
        await User.SetUpAppAsync();
        foreach (var signing in new[] { RadiusPacket.Signing.Missing, RadiusPacket.Signing.Broken })
        {
            Assert.Null(await Packet(Name, Password).SendAsync(Radius.Port, signing, TimeSpan.FromSeconds(2)));
        }

        Assert.Empty(Wire.Requests);
        Assert.Equal(Challenge, await Packet(Name, Password).SendAsync(Radius.Port));
    }

    [Fact]
    public async Task Names_and_passwords_of_any_bytes_reach_nobody()
    {
        await User.SetUpAppAsync();
        var long253 = new string('a', 253);
        byte[][] names = [[], [0], [.. Encoding.UTF8.GetBytes(Name), 0], [.. Encoding.UTF8.GetBytes(Name), 0, (byte)'x'], [0xC3, 0x28], [0xFF, 0xFE], "a\tb"u8.ToArray(), "a\nb"u8.ToArray(), "a\u007f"u8.ToArray(), "CORP\\alice"u8.ToArray(), "o\"hara"u8.ToArray()];
        await Task.WhenAll(names.Select(async name => Assert.True(await RadiusPacket.Of(name, Encoding.UTF8.GetBytes(Password)).SendAsync(Radius.Port, from: From, patience: TimeSpan.FromSeconds(4)) is Reject or null, Convert.ToHexString(name))));
        byte[][] passwords = [[.. Encoding.UTF8.GetBytes(Password), 0, (byte)'x'], [0xC3, 0x28, .. "secret-bytes"u8], [0xFF, 0xFE]];
        await Task.WhenAll(passwords.Select(async password => Assert.Equal(Reject, await RadiusPacket.Of(Encoding.UTF8.GetBytes(Name), password).SendAsync(Radius.Port, from: From))));
        // A name that runs into the next attribute, and a packet that is shorter than it says.
        var three = new RadiusPacket();
        three.Add(1, Encoding.UTF8.GetBytes(long253));
        three.Add(1, Encoding.UTF8.GetBytes(new string('b', 47)));
        Assert.Equal(Reject, await three.SendAsync(Radius.Port));
        Assert.Empty(Wire.Requests);

        // The longest that a packet takes is a name like any other: nobody's.
        Assert.Equal(Reject, await Packet(long253, Password).SendAsync(Radius.Port));
        Assert.Equal(Challenge, await Packet(Name, Password).SendAsync(Radius.Port));
        foreach (var typed in new[] { "secret-bytes", long253 })
        {
            Assert.DoesNotContain(typed, Radius.Log, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_name_is_asked_for_as_it_was_typed()
    {
        string[] names = ["%{md5:x}", "%{User-Password}", "${x}", "j\u00f6rg", "a','b", "\u65e5\u672c", "x@other.example"];
        await Task.WhenAll(names.Select(name => Packet(name, Password).SendAsync(Radius.Port)));
        var asked = Wire.Requests.Where(r => r.Path == "/api/v1/challenges").Select(r => JsonNode.Parse(r.Body)!.AsObject()).ToList();
        Assert.Equal(names.Select(n => n.Contains('@', StringComparison.Ordinal) ? n : n + "@contoso.example").Order(), asked.Select(a => a["userName"]!.ToString()).Order());
        Assert.All(asked, a => Assert.Equal(("VPN", 2), (a["application"]!.ToString(), a.Count)));
    }

    [Fact]
    public async Task What_is_typed_as_a_code_is_asked_for_as_it_was_typed()
    {
        await User.SetUpAppAsync();
        foreach (var typed in new[] { "12 34 56", "AAAAA-AAAAA-AAA", "%{md5:x}-%{User-Name}" })
        {
            var asked = await ChallengedAsync(Password, "Type the code");
            Wire.Forget();
            await Radius.AskAsync(Name, typed, asked.State, from: From);
            Assert.Equal(typed, JsonNode.Parse(Wire.Requests.First().Body)!["code"]!.ToString());
        }
    }

    [Fact]
    public async Task Other_ways_to_show_a_password_are_refused()
    {
        await User.SetUpAppAsync();
        var chap = new RadiusPacket();
        chap.Add(1, Encoding.UTF8.GetBytes(Name));
        chap.Add(3, [7, .. new byte[16]]);
        Assert.Equal(Reject, await chap.SendAsync(Radius.Port));
        var none = new RadiusPacket();
        none.Add(1, Encoding.UTF8.GetBytes(Name));
        Assert.Equal(Reject, await none.SendAsync(Radius.Port));
        Assert.Empty(Wire.Requests);
    }

    private static RadiusPacket Packet(string name, string password) => RadiusPacket.Of(Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(password));
}
