using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A set-up of the app, the user who opened it, and what they are asked later.</summary>
internal sealed class SetUp(Service service, Person user, Reply opened)
{
    public Person User => user;

    /// <summary>What its page shows to be typed.</summary>
    public string Code => opened["activation.code"];

    public string Url => opened["activation.url"];

    /// <summary>What its QR code says.</summary>
    public string Link => opened["activation.qrContent"];

    public Task<Reply> SeeAsync() => user.SeeAsync(opened["id"]);

    /// <summary>Presses Contact me.</summary>
    /// <returns>The number on the page; null where none is asked for.</returns>
    public async Task<string?> ContactAsync()
    {
        var contacted = await user.ContactAsync(opened["id"]);
        Assert.True(contacted.Status == 202, contacted.ToString());
        return contacted.Text("verification.number");
    }

    /// <summary>The user signs in to the shop, which asks for their second step by notification.</summary>
    /// <param name="more">What else the shop says.</param>
    /// <param name="shop">The shop before another head.</param>
    public async Task<Reply> AskAsync(JsonObject? more = null, RelyingParty? shop = null)
    {
        var asked = new JsonObject { ["how"] = "notification", ["application"] = "Contoso Expenses", ["place"] = "Utrecht, Netherlands", ["ip"] = "203.0.113.7" };
        foreach (var (name, value) in more ?? [])
        {
            asked[name] = value?.DeepClone();
        }

        var challenge = await (shop ?? service.Shop).ChallengeAsync(user.Id, asked);
        Assert.True(challenge.Status == 201, challenge.ToString());
        return challenge;
    }

    /// <summary>Where a challenge stands.</summary>
    public async Task<(string State, string? Reason)> StandsAsync(Reply challenge) =>
        await service.Shop.SeeAsync(challenge["id"]) is var now ? (now["state"], now.Text("reason")) : default;

    /// <summary>Another number than the one that a page shows.</summary>
    public static string Other(string? number) => number == "55" ? "56" : "55";
}
