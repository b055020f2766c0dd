using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Mfa.Client.Tests;

/// <summary>A shop that asks a laptop head for the second step of a user with a phone, over a wire that can be cut.</summary>
public abstract class ShopTest(Storage storage) : LaptopTest(storage)
{
    private readonly List<ServiceProvider> _services = [];

    /// <summary>Between the shop and the head.</summary>
    protected Tap Front { get; private set; } = null!;

    private protected MfaClient Shop { get; private set; } = null!;

    // Half a minute between two texts is over at once here.
    protected override Dictionary<string, string?> Settings => new(SignInVisit.Settings) { ["Policy:SendAgainAfter"] = "00:00:00.1", ["Policy:RememberBrowsers"] = "true", ["Policy:NumberSendsOfAccountADay"] = "50" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Front = await Tap.StartAsync(Laptop.Url);
        Shop = NewShop();
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var services in _services)
        {
            await services.DisposeAsync();
        }

        await Front.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected MfaClient NewShop(Action<MfaClientOptions>? change = null, ILoggerProvider? log = null)
    {
        var services = Clients.Of(Front.Url, o =>
        {
            o.Issuer = Laptop.Url;
            o.Token = async _ => await TokenAsync();
            change?.Invoke(o);
        }, log: log);
        _services.Add(services);
        return services.GetRequiredService<MfaClient>();
    }

    /// <summary>A token of the shop's own.</summary>
    protected async Task<string> TokenAsync()
    {
        using var http = new HttpClient();
        return Seen.Secret((await http.GetFromJsonAsync<JsonNode>(Laptop.Url + "/dev/token?client=shop&role=mfa.verify"))!["access_token"]!.ToString());
    }

    /// <summary>The user sets the phone up.</summary>
    protected async Task EnrollAsync(string delivery = "text")
    {
        var id = await ContactAsync(delivery);
        if (delivery == "text")
        {
            await User.VerifyAsync(id, await Phone.CodeAsync());
        }
        else
        {
            await Phone.AnswerAsync();
            await Phone.SaysAsync("press the pound key");
            await Phone.PressAsync("#");
            await Phone.EndsAsync();
        }

        await User.WaitForVerificationAsync(id, "verified");
        await Task.Delay(150);
    }

    private protected async Task<Challenge> AskAsync(Func<ChallengeRequest, ChallengeRequest>? change = null)
    {
        var request = new ChallengeRequest(User.Id, "The Shop") { Nonce = "n" };
        var answer = await Shop.ChallengeAsync(change?.Invoke(request) ?? request);
        Assert.True(answer.Problem is null, answer.Problem?.ToString());
        return answer.Challenge!;
    }

    private protected static ChallengeMethod Only(Challenge challenge) => Assert.Single(challenge.Methods);
}
