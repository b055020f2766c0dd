using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>A test of users with an authenticator who sign in to programs, in a time that is moved.</summary>
public abstract class OpenIdTest(Storage storage) : LaptopTest(storage)
{
    private readonly List<OpenIdParty> _parties = [];
    private Authenticator _app = null!;
    private int _step;

    protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    protected override TimeProvider Time => Clock;

    protected override Dictionary<string, string?> Settings => new(OpenIdParty.Settings) { ["Local:ClockRuns"] = "false" };

    protected OpenIdParty Program { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Program = Party("program");
        (_app, _) = await User.SetUpAppAsync(Clock);
    }

    public override ValueTask DisposeAsync()
    {
        _parties.ForEach(p => p.Dispose());
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    protected OpenIdParty Party(string client, string? secret = OpenIdParty.Secret)
    {
        var party = new OpenIdParty(Laptop.Url, client, secret);
        _parties.Add(party);
        return party;
    }

    /// <summary>A program asks for the sign-in, and the user takes the first step.</summary>
    /// <returns>Where the browser goes on to.</returns>
    protected async Task<string> FirstStepAsync(OpenIdParty? party = null, Person? user = null, params (string Name, string? Value)[] changes)
    {
        var sent = await (party ?? Program).AuthorizeAsync(changes);
        Assert.Equal(303, sent.Status);
        var page = sent.Raw.Headers.Location!;
        Assert.Equal("/sign-in", page.AbsolutePath);
        var asked = await AuthorizationAsync(page.Query[1..], user);
        Assert.True(asked.Status == 200, asked.ToString());
        return asked["next"];
    }

    /// <summary>A user asks for the second step of a request.</summary>
    protected Task<Reply> AuthorizationAsync(string query, Person? user = null) => (user ?? User).PostAsync("me/authorizations", new JsonObject { ["query"] = query });

    /// <summary>The sign-in page that a program leads to.</summary>
    protected async Task<SignInVisit> OpenAsync(OpenIdParty? party = null, Person? user = null, params (string Name, string? Value)[] changes)
    {
        var page = SignInVisit.Of(Laptop.Url, await FirstStepAsync(party, user, changes), SignInVisit.NewWindow());
        Assert.Equal("open", (await page.SeeAsync())["state"]);
        return page;
    }

    /// <summary>A sign-in from its beginning to its code.</summary>
    protected async Task<string> CodeOfAsync(OpenIdParty? party = null, Person? user = null, params (string Name, string? Value)[] changes)
    {
        using var page = await OpenAsync(party, user, changes);
        return await ProveAsync(page);
    }

    /// <summary>The user proves on the page.</summary>
    /// <returns>The code that the browser brings back.</returns>
    protected async Task<string> ProveAsync(SignInVisit page)
    {
        var verified = await page.VerifyAsync(page.Id, await AppCodeAsync());
        Assert.True(verified.Status == 200, verified.ToString());
        return Seen.Secret(OpenIdParty.Back(verified["returnTo"])["code"]);
    }

    /// <summary>What the authenticator shows. Each time step serves once.</summary>
    protected Task<string> AppCodeAsync()
    {
        if (_step++ > 0)
        {
            Clock.Advance(TimeSpan.FromSeconds(30));
        }

        return _app.CodeAsync(steps: 1, at: Clock.GetUtcNow());
    }

    /// <summary>The tokens of a code, which it must have.</summary>
    protected async Task<(JsonWebToken Id, string Access)> TokensAsync(string code, OpenIdParty? party = null, params (string Name, string? Value)[] changes)
    {
        var tokens = await (party ?? Program).TokenAsync(code, changes);
        Assert.True(tokens.Status == 200, tokens.ToString());
        return (new(tokens["id_token"]), tokens["access_token"]);
    }

    /// <summary>A refusal in OAuth's form (RFC 6749 section 5.2).</summary>
    internal static void AssertRefused(Reply reply, string error, int status = 400)
    {
        Assert.True((reply.Status, reply.Text("error")) == (status, error), reply.ToString());
        // RFC 6749 section 5.2: no quotes, no letters of other alphabets.
        Assert.Matches(@"^[\x20-\x21\x23-\x5B\x5D-\x7E]+$", reply["error_description"]);
        Assert.Equal(("no-store", "no-cache"), (reply.Raw.Headers.CacheControl?.ToString(), reply.Raw.Headers.Pragma.ToString()));
        Assert.Null(reply.Text("access_token"));
    }
}
