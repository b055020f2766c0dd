using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Peers;

/// <summary>A test with a laptop, a user who has an app password, and a Dovecot that was set up by the page, behind a wire to the laptop.</summary>
public abstract class DovecotTest(Storage storage) : LaptopTest(storage)
{
    /// <summary>What Dovecot asks at the backend.</summary>
    protected const string Verify = "/api/v1/app-passwords/verify";

    /// <summary>Where it gets its token.</summary>
    protected const string Token = "/dev/token";

    private string _assertion = "";

    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Policy:AppPasswords"] = "true" };

    /// <summary>Between Dovecot and the backend.</summary>
    protected Tap Wire { get; private set; } = null!;

    protected DovecotServer Dovecot { get; private set; } = null!;

    /// <summary>What the user types as their name.</summary>
    protected string UserName { get; private set; } = "";

    /// <summary>The user's app password.</summary>
    protected string Password { get; private set; } = "";

    /// <summary>Its id.</summary>
    protected string PasswordId { get; private set; } = "";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Wire = await Tap.StartAsync(Laptop.Url);
        var own = await NewUserAsync(User);
        (UserName, Password, PasswordId, _assertion) = (own.Name, own.Password, own.Id, own.Assertion);
        Dovecot = await DovecotServer.StartAsync(Backend, Laptop.Network, More);
    }

    public override async ValueTask DisposeAsync()
    {
        if (Dovecot is not null)
        {
            await Dovecot.DisposeAsync();
        }

        if (Wire is not null)
        {
            await Wire.DisposeAsync();
        }

        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Where Dovecot finds the backend.</summary>
    protected virtual string Backend => Wire.Url;

    /// <summary>More of Dovecot's configuration.</summary>
    protected virtual string More => "";

    /// <summary>Gives a user a name and an app password.</summary>
    protected async Task<(string Name, string Password, string Id, string Assertion)> NewUserAsync(Person user)
    {
        using var admin = await Admin.SignInAsync(Laptop);
        var name = $"{user.Id}@contoso.example";
        var named = await admin.SendAsync("PUT", $"admin/users/{user.Id}", new() { ["userName"] = name });
        Assert.True(named.Status is 200 or 201, named.ToString());
        var assertion = (await user.SetUpAppAsync()).Verified["assertion"];
        var made = await user.PostAsync("me/app-passwords", new JsonObject { ["name"] = "Old mail" }, ("Mfa-Assertion", assertion));
        Assert.Equal(201, made.Status);
        return (name, Seen.Secret(made["password"]), made["id"], assertion);
    }

    /// <summary>The user takes the app password back.</summary>
    protected async Task RevokeAsync() =>
        Assert.Equal(204, (await User.SendAsync(HttpMethod.Delete, $"me/app-passwords/{PasswordId}", null, ("Mfa-Assertion", _assertion))).Status);

    /// <summary>Logs the user in.</summary>
    protected Task<string> LogInAsync(string? password = null) => Dovecot.LogInAsync(UserName, password ?? Password);

    /// <summary>How often the backend was asked.</summary>
    protected int Asked(string path) => Wire.Count(r => r.Path == path);

    protected async Task AssertAsync(string expected, string? password = null) => Assert.True(await LogInAsync(password) is var said && said.StartsWith(expected, StringComparison.Ordinal), $"{said}\n{Dovecot.Log}");
}
