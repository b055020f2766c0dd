using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Peers;

/// <summary>A program that uses the service's own routes for its user, and is asked for a second step there (RFC 9470): it finds its way by the standard alone.</summary>
public sealed class OpenIdClientStepUp(Storage storage) : OpenIdClientTest(storage)
{
    [Fact]
    public async Task What_is_refused_for_want_of_a_second_step_says_what_to_ask_for_and_goes_then()
    {
        await SetUpPhoneAsync();
        var program = await ProgramAsync();
        var change = await ChangeAsync();
        var (acr, age) = await RefusedAsync(program, User.Token, change);
        Assert.Equal(("urn:mfa:second-step", "600"), (acr, age));

        var back = await SecondStepAsync(await FirstStepAsync(await program.AuthorizeAsync(new() { ["acr_values"] = acr, ["max_age"] = age })));
        var token = (await program.CallbackAsync(back))["access"]!.ToString();
        var changed = await program.DoAsync("call", Call(token, "PATCH", "me", change));
        Assert.Equal(200, (int)changed["status"]!);
        Assert.Equal("call", changed["body"]!["preferred"]!["how"]!.ToString());

        // It is the user and the second step in one, and the service's own routes take nothing else beside it.
        var other = await program.FailAsync("call", Call(token + "x", "GET", "me"));
        Assert.Equal("invalid_token", other["challenges"]![0]!["parameters"]!["error"]!.ToString());
    }

    [Fact]
    public async Task A_token_of_who_was_asked_nothing_is_no_second_step()
    {
        var program = await ProgramAsync();
        var token = (await program.CallbackAsync(await FirstStepAsync(await program.AuthorizeAsync())))["access"]!.ToString();
        Assert.Equal(200, (int)(await program.DoAsync("call", Call(token, "GET", "me")))["status"]!);
        await SetUpPhoneAsync();
        await RefusedAsync(program, token, await ChangeAsync());
    }

    private async Task<(string Acr, string Age)> RefusedAsync(OpenIdProgram program, string token, JsonObject change)
    {
        var refused = await program.FailAsync("call", Call(token, "PATCH", "me", change));
        Assert.Equal(("WWWAuthenticateChallengeError", "401"), (refused["name"]!.ToString(), refused["status"]!.ToString()));
        var challenge = Assert.Single(refused["challenges"]!.AsArray())!;
        var asked = challenge["parameters"]!;
        Assert.Equal(("bearer", "insufficient_user_authentication"), (challenge["scheme"]!.ToString(), asked["error"]!.ToString()));
        return (asked["acr_values"]!.ToString(), asked["max_age"]!.ToString());
    }

    private JsonObject Call(string token, string method, string path, JsonObject? body = null) => new()
    {
        ["token"] = token,
        ["method"] = method,
        ["url"] = $"{Laptop.Url}/api/v1/{path}",
        ["body"] = body?.DeepClone(),
    };

    // What is contacted first is a sensitive change.
    private async Task<JsonObject> ChangeAsync() => new()
    {
        ["preferred"] = new JsonObject { ["methodId"] = (await User.GetAsync("me")).Body!["methods"]![0]!["id"]!.ToString(), ["how"] = "call" },
    };
}
