using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Peers;

/// <summary>A program without a browser asks for a second step by npm's openid-client (OpenID Connect CIBA, poll), and what the user does on the phone decides.</summary>
public sealed class OpenIdClientCiba(Storage storage) : OpenIdClientTest(storage)
{
    [Fact]
    public async Task An_authenticator_agrees_to_what_is_bound_by_the_number_that_the_program_shows()
    {
        using var app = new DeviceApp(Laptop.Url);
        await User.SetUpDeviceAsync(app);
        var program = await ProgramAsync();
        var asked = await program.AskAsync(new() { ["login_hint"] = User.Id, ["binding_message"] = "Pay € 50 to Bob", ["acr_values"] = "urn:mfa:second-step" });
        Assert.Equal(("transfer", "5"), (asked["binding_method"]!.ToString(), asked["interval"]!.ToString()));
        Assert.Matches("^[0-9]{2}$", asked["binding_code"]!.ToString());
        Assert.InRange((int)asked["expires_in"]!, 1, 600);

        var waiting = program.DoAsync("wait", new() { ["request"] = asked.DeepClone() });
        var request = await app.RequestAsync();
        Assert.Equal(("The program", "Pay € 50 to Bob"), (request["application"]!.ToString(), request["context"]!["title"]!.ToString()));
        Assert.Equal(200, (await app.AnswerAsync(request, "authenticate", asked["binding_code"]!.ToString())).Status);
        var tokens = await waiting;
        var claims = tokens["claims"]!;
        Assert.Equal((User.Id, "urn:mfa:second-step", "[\"mfa\",\"swk\"]"), (claims["sub"]!.ToString(), claims["acr"]!.ToString(), claims["amr"]!.ToJsonString()));
        Assert.NotNull(claims["ctx"]);
        Assert.Equal("invalid_grant", await PollAsync(program, asked));

        // Another time it is known by what it had then.
        var again = await program.AskAsync(new() { ["id_token_hint"] = tokens["id"]!.ToString() });
        await app.AnswerAsync(await app.RequestAsync(), "deny");
        Assert.Equal("access_denied", await PollAsync(program, again));
    }

    [Fact]
    public async Task A_call_is_answered_by_a_pound_key_or_by_saying_that_it_was_nobody()
    {
        var set = await ContactAsync("call");
        await Phone.AnswerAsync();
        await PressAsync("#");
        await User.WaitForVerificationAsync(set, "verified");
        await Laptop.RestsAsync(User, set);
        await Phone.EndsAsync();
        var program = await ProgramAsync();
        var asked = await program.AskAsync(new() { ["login_hint"] = User.Id, ["binding_message"] = "Room 12" });
        Assert.Equal("authorization_pending", await PollAsync(program, asked));
        await Phone.AnswerAsync();
        await Phone.SaysAsync("Room 12");
        await PressAsync("#");
        Assert.Equal("tel", (await TokensAsync(program, asked))["claims"]!["amr"]![1]!.ToString());
        await Phone.EndsAsync();

        var other = await program.AskAsync(new() { ["login_hint"] = User.Id });
        await Phone.AnswerAsync();
        await PressAsync("0#");
        await PressAsync("1", "You are about to report");
        await OverAsync(program, other, "access_denied");
    }

    [Fact]
    public async Task Who_asks_too_often_is_slowed_down_and_what_nobody_answers_expires()
    {
        await SetUpPhoneAsync();
        var program = await ProgramAsync();
        var asked = await program.AskAsync(new() { ["login_hint"] = User.Id, ["requested_expiry"] = "2" });
        Assert.InRange((int)asked["expires_in"]!, 0, 2);
        Assert.Equal("authorization_pending", await PollAsync(program, asked));
        Assert.Equal("slow_down", await PollAsync(program, asked));
        await OverAsync(program, asked, "expired_token");
    }

    [Fact]
    public async Task Who_is_unknown_is_told_to_a_program_that_may_know_and_to_no_other()
    {
        await SetUpPhoneAsync();
        var nobody = new JsonObject { ["parameters"] = new JsonObject { ["scope"] = "openid", ["login_hint"] = Person.NewName() } };
        var program = await ProgramAsync();
        Assert.Equal("unknown_user_id", (await program.FailAsync("ask", nobody))["error"]!.ToString());
        var blind = await ProgramAsync("blind");
        var (decoy, real) = (await blind.DoAsync("ask", nobody), await blind.AskAsync(new() { ["login_hint"] = User.Id }));
        Assert.Equal((decoy["interval"]!.ToString(), decoy["auth_req_id"]!.ToString().Length), (real["interval"]!.ToString(), real["auth_req_id"]!.ToString().Length));
        Assert.Equal(("authorization_pending", "authorization_pending"), (await PollAsync(blind, decoy), await PollAsync(blind, real)));
        await Phone.TextAsync(Laptop.Sender, await Phone.CodeAsync(2));
        Assert.Equal(User.Id, (await TokensAsync(blind, real))["claims"]!["sub"]!.ToString());
        Assert.Equal("unauthorized_client", (await (await ProgramAsync("owner")).FailAsync("ask", nobody))["error"]!.ToString());
    }

    private async Task PressAsync(string keys, string after = "press the pound key")
    {
        await Phone.SaysAsync(after);
        await Phone.PressAsync(keys);
    }

    private static async Task<string> PollAsync(OpenIdProgram program, JsonObject asked) =>
        (await program.FailAsync("poll", new() { ["request"] = asked.DeepClone() }))["error"]!.ToString();

    // As long as it waits, whoever asks so often is told to wait.
    private static Task<string> OverAsync(OpenIdProgram program, JsonObject asked, string error) =>
        Handset.UntilAsync(() => PollAsync(program, asked), e => e == error, error);

    private static Task<JsonObject> TokensAsync(OpenIdProgram program, JsonObject asked) => program.DoAsync("wait", new() { ["request"] = asked.DeepClone() });
}
