using System.Net;
using System.Text.Json.Nodes;
using System.Web;
using Xunit;

namespace Mfa.Peers;

/// <summary>A test of users of programs that know OpenID Connect, and nothing of us. What a browser does on the way, it does here by HTTP.</summary>
public abstract class OpenIdClientTest(Storage storage) : LaptopTest(storage)
{
    /// <summary>Where users come back to.</summary>
    public const string Back = "https://program.example/back";

    /// <summary>The secret of all programs that have one.</summary>
    protected const string Secret = "a secret+of%this:program-é-of-32-or-more";

    private static readonly (string Pem, string Jwks) s_key = OpenIdProgram.NewKey();
    private readonly HttpClient _browser = new(new SocketsHttpHandler { AllowAutoRedirect = false });
    private readonly List<OpenIdProgram> _programs = [];

    protected override Dictionary<string, string?> Settings => new(ShortWaits.Settings().Concat([.. Client("program"), .. Client("owner"), .. Client("blind"), .. Client("signer")]))
    {
        ["Policy:SendAgainAfter"] = "00:00:00.1",
        ["Clients:program:Name"] = "The program",
        ["Clients:program:Api"] = "true",
        ["Clients:program:Ciba"] = "true",
        ["Clients:owner:FirstStep"] = "own",
        ["Clients:blind:Ciba"] = "true",
        ["Clients:blind:Blind"] = "true",
        ["Clients:signer:Secret"] = null,
        ["Clients:signer:Jwks"] = s_key.Jwks,
    };

    public override async ValueTask DisposeAsync()
    {
        _programs.ForEach(p => p.Dispose());
        _browser.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected async Task<OpenIdProgram> ProgramAsync(string client = "program", string how = "basic")
    {
        var program = await OpenIdProgram.StartAsync(Laptop.Url, client, how, how == "key" ? s_key.Pem : Secret);
        _programs.Add(program);
        return program;
    }

    /// <summary>The user sets the phone up.</summary>
    protected async Task SetUpPhoneAsync() => await Laptop.RestsAsync(User, (await User.SetUpAsync(Phone))["id"]);

    /// <summary>The browser goes where it is sent, and its user signs in at the issuer there.</summary>
    /// <returns>Where it goes on to.</returns>
    protected async Task<string> FirstStepAsync(string authorize, Person? user = null)
    {
        var page = new Uri(await GoAsync(authorize));
        Assert.Equal((new Uri(Laptop.Url).Authority, "/sign-in"), (page.Authority, page.AbsolutePath));
        var asked = await (user ?? User).PostAsync("me/authorizations", new JsonObject { ["query"] = page.Query[1..] });
        Assert.True(asked.Status == 200, asked.ToString());
        return asked["next"];
    }

    /// <summary>The user types the texted code on the page that the browser is sent to.</summary>
    /// <returns>Where it goes on to.</returns>
    protected async Task<string> SecondStepAsync(string next, int texts = 2)
    {
        using var page = SignInVisit.Of(Laptop.Url, next, SignInVisit.NewWindow());
        Assert.Equal("open", (await page.SeeAsync())["state"]);
        return (await page.VerifyAsync(page.Id, await Phone.CodeAsync(texts)))["returnTo"];
    }

    /// <summary>Where the service sends a browser.</summary>
    protected async Task<string> GoAsync(string url)
    {
        using var answer = await _browser.GetAsync(url, TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.SeeOther, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        return answer.Headers.Location!.OriginalString;
    }

    /// <summary>What a browser brings back, by name.</summary>
    protected static Dictionary<string, string> Brought(string url)
    {
        Assert.StartsWith(Back + "?", url, StringComparison.Ordinal);
        var query = HttpUtility.ParseQueryString(new Uri(url).Query);
        return query.AllKeys.ToDictionary(k => k!, k => query[k]!);
    }

    private static Dictionary<string, string?> Client(string id) => new()
    {
        [$"Clients:{id}:Tenant"] = "contoso",
        [$"Clients:{id}:Secret"] = Secret,
        [$"Clients:{id}:RedirectUris:0"] = Back,
        [$"Clients:{id}:Hint"] = "id",
    };
}
