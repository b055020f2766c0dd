using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A service that means ill: what it says is not kept unless it is whole, and takes nothing from the accounts of others.</summary>
public sealed class HostileTests(Chromium chromium, AppFiles files, Storage storage)
{
    private const string Evil = "https://evil.example";
    private const string Link = $"{Evil}/authenticator#code=x&url={Evil}/api/v1/activations/x";

    [Theory]
    [InlineData("""{"deviceId":"d","issuer":1,"accountName":"a"}""")]
    [InlineData("""{"deviceId":"d","issuer":"E"}""")]
    [InlineData("""{"deviceId":"d","issuer":"E","accountName":"a","totp":{"secret":"AAAAAAAA","digits":6,"period":0}}""")]
    [InlineData("""{"deviceId":"d","issuer":"E","accountName":"a","totp":{"secret":"AAAAAAAA","digits":1000000000,"period":30}}""")]
    [InlineData("""{"deviceId":"d","issuer":"E","accountName":"a","pinLength":"x"}""")]
    [InlineData("""{"deviceId":"d","issuer":"E","accountName":"a","pushKey":"../.."}""")]
    [InlineData("null")]
    public async Task An_answer_that_is_not_whole_is_not_kept(string answer)
    {
        await using var app = await App.Open(chromium.Browser, files);
        await SaysAsync(app, answer);
        await app.Paste(Link);
        await app.Add();
        await app.Sees("The answer did not come from the service");
        await app.Page.ReloadAsync();
        await app.Sees("No accounts yet");
    }

    [Fact]
    public async Task It_takes_no_others_place_and_hides_no_others_request()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await app.SetUp();
        var id = (await setUp.SeeAsync())["methodId"];
        var items = new JsonArray(new JsonObject { ["id"] = "i", ["purpose"] = "challenge", ["application"] = "x", ["account"] = "a", ["match"] = "number", ["digits"] = -1, ["createdAt"] = "!", ["expiresAt"] = "2100-01-01T00:00:00Z" });
        await SaysAsync(app, new JsonObject { ["deviceId"] = id, ["issuer"] = "Contoso", ["accountName"] = "carol@contoso.example" }.ToJsonString(), new JsonObject { ["version"] = 1, ["items"] = items }.ToJsonString());
        await app.Paste(Link);
        await app.Add();
        await app.Added();
        await Assertions.Expect(app.Page.Locator(".account")).ToHaveCountAsync(2);
        var challenge = await setUp.AskAsync();
        await app.Title("Sign in to Contoso Expenses?");
        await app.Sees($"Asked by Contoso ({new Uri(service.Url).Authority})");
        await app.Approve(challenge["number"]);
        Assert.Equal("verified", (await setUp.StandsAsync(challenge)).State);
        await Assertions.Expect(app.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await Assertions.Expect(app.Page.GetByText("A sign-in waits for you")).ToHaveCountAsync(0);
    }

    private static async Task SaysAsync(App app, string activation, string requests = "{}") => await app.Context.RouteAsync(Evil + "/**", route => route.FulfillAsync(new()
    {
        Status = route.Request.Url.Contains("/activations/", StringComparison.Ordinal) && route.Request.Method == "POST" ? 201 : 200,
        Headers = new Dictionary<string, string> { ["Access-Control-Allow-Origin"] = "*", ["Access-Control-Allow-Headers"] = "authorization, content-type", ["Content-Type"] = "application/json" },
        Body = route.Request.Method == "OPTIONS" ? "" : route.Request.Url.Contains("/activations/", StringComparison.Ordinal) ? activation : requests,
    }));
}
