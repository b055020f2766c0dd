using System.Text.Json.Nodes;

namespace Mfa.Contract;

/// <summary>The set-up page on the way through a sign-in, as far as HTTP can tell: the ticket of the sign-in's page shows who its user is.</summary>
/// <param name="url">The head.</param>
/// <param name="challenge">The sign-in.</param>
/// <param name="shown">What the sign-in page shows of itself: its ticket and its window.</param>
public sealed class SetUpVisit(string url, string challenge, string shown) : Caller(url, $"{challenge}.{shown}", "me/enrollments")
{
    protected override string Scheme => "MfaSetUp";

    public static SetUpVisit Of(SignInVisit page) => new(page.Url, page.Id, page.Token);

    /// <summary>Opens the set-up of a phone, and has it texted.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> BeginAsync(Handset phone)
    {
        var opened = await EnrollAsync(phone);
        Xunit.Assert.True(opened.Status == 201, opened.ToString());
        Xunit.Assert.Equal(202, (await ContactAsync(opened["id"])).Status);
        return opened["id"];
    }

    public Task<Reply> EnrollAsync(Handset phone) =>
        PostAsync("me/enrollments", new JsonObject { ["method"] = "authenticationPhone", ["region"] = "NL", ["number"] = phone.Number, ["delivery"] = "text" });

    /// <summary>Sets a phone up.</summary>
    /// <returns>What was verified.</returns>
    public async Task<Reply> SetUpAsync(Handset phone, int texts = 1)
    {
        var verified = await VerifyAsync(await BeginAsync(phone), await phone.CodeAsync(texts));
        Xunit.Assert.Equal("verified", verified["state"]);
        return verified;
    }
}
