using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>A user at a front end, with the token of the first step.</summary>
public sealed class Person(string url, string token, HttpMessageHandler? connections = null) : Caller(url, token, "me/enrollments", connections)
{
    /// <summary>Signs in at the development issuer.</summary>
    /// <param name="url">The head.</param>
    /// <param name="user">Who; a new one where null.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="connections">A pool to share.</param>
    public static async Task<Person> SignInAsync(string url, string? user = null, string tenant = "contoso", HttpMessageHandler? connections = null)
    {
        using var http = new HttpClient(connections ?? new SocketsHttpHandler(), disposeHandler: connections is null) { BaseAddress = new Uri(url) };
        var answer = await http.GetFromJsonAsync<JsonNode>($"/dev/token?user={user ?? NewName()}&tenant={tenant}&sid=session");
        return new(url, Seen.Secret(answer!["access_token"]!.ToString()), connections);
    }

    public static string NewName() => "u" + Guid.NewGuid().ToString("N")[..12];

    /// <summary>The user's id, as the token tells.</summary>
    public string Id => JsonNode.Parse(Base64UrlEncoder.Decode(Token.Split('.')[1]))!["oid"]!.ToString();

    public override Person At(string otherUrl) => new(otherUrl, Token, Connections);

    /// <summary>The same user, and the second steps that their own pages ask for.</summary>
    public Caller Challenges() => new(Url, Token, "me/challenges", Connections);

    public Task<Reply> EnrollPhoneAsync(string number, string delivery = "text", string region = "NL", params (string, string)[] headers) =>
        PostAsync("me/enrollments", new JsonObject { ["method"] = "authenticationPhone", ["region"] = region, ["number"] = number, ["delivery"] = delivery }, headers);

    public Task<Reply> EnrollAppAsync(params (string, string)[] headers) =>
        PostAsync("me/enrollments", new JsonObject { ["method"] = "mobileApp", ["mode"] = "code" }, headers);

    public Task<Reply> EnrollDeviceAsync(params (string, string)[] headers) =>
        PostAsync("me/enrollments", new JsonObject { ["method"] = "mobileApp", ["mode"] = "notification" }, headers);

    /// <summary>Sets an authenticator up that gets notifications.</summary>
    /// <returns>What was verified, with the assertion that another method takes.</returns>
    public async Task<Reply> SetUpDeviceAsync(DeviceApp app, params (string, string)[] headers)
    {
        var opened = await EnrollDeviceAsync(headers);
        Assert.Equal(201, (await app.ActivateAsync(opened)).Status);
        var contacted = await ContactAsync(opened["id"]);
        Assert.True(contacted.Status == 202, contacted.ToString());
        var answered = await app.AnswerAsync(await app.RequestAsync(), "authenticate", contacted.Text("verification.number"));
        Assert.True(answered.Status == 200, answered.ToString());
        var verified = await SeeAsync(opened["id"]);
        Assert.Equal("verified", verified["state"]);
        return verified;
    }

    /// <summary>Sets a phone up, which proves by text or call: whatever it is asked for at sign-in.</summary>
    /// <returns>What was verified, with the assertion that another method takes.</returns>
    public async Task<Reply> SetUpAsync(Handset phone, params (string, string)[] headers)
    {
        var id = (await EnrollPhoneAsync(phone.Number, headers: headers))["id"];
        Assert.Equal(202, (await ContactAsync(id)).Status);
        var verified = await VerifyAsync(id, await phone.CodeAsync());
        Assert.Equal("verified", verified["state"]);
        return verified;
    }

    /// <summary>Sets an authenticator up.</summary>
    /// <returns>It, and what was verified.</returns>
    public Task<(Authenticator App, Reply Verified)> SetUpAppAsync(params (string, string)[] headers) => SetUpAppAsync(TimeProvider.System, headers);

    /// <summary>The same where the head lives in another time.</summary>
    public async Task<(Authenticator App, Reply Verified)> SetUpAppAsync(TimeProvider time, params (string, string)[] headers)
    {
        var app = Authenticator.Of(await EnrollAppAsync(headers));
        Assert.Equal(202, (await ContactAsync(app.Enrollment)).Status);
        var verified = await VerifyAsync(app.Enrollment, await app.CodeAsync(at: time.GetUtcNow()));
        Assert.Equal("verified", verified["state"]);
        return (app, verified);
    }
}
