using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A laptop whose users set the app up, a shop that asks for second steps, and the app's files beside the routes.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly List<IDisposable> _people = [];

    private Service(Laptop laptop, RelyingParty shop) => (Laptop, Shop) = (laptop, shop);

    public Laptop Laptop { get; }

    public RelyingParty Shop { get; }

    public string Url => Laptop.Url;

    /// <param name="storage">The run's storage.</param>
    /// <param name="settings">Settings other than the usual ones.</param>
    public static Task<Service> Start(Storage storage, params (string Name, string Value)[] settings) => Start(storage, null, settings);

    /// <summary>The same in another time.</summary>
    public static async Task<Service> Start(Storage storage, TimeProvider? time, params (string Name, string Value)[] settings)
    {
        var laptop = await Laptop.StartAsync(storage, settings.ToDictionary(s => s.Name, string? (s) => s.Value), time);
        return new(laptop, await laptop.RelyingPartyAsync());
    }

    /// <summary>A user opens the set-up of an app, and its page shows a QR code.</summary>
    /// <param name="user">Who: the demo user <c>alice</c> has to have a method, <c>carol</c> not.</param>
    public async Task<SetUp> Enroll(string user = "carol")
    {
        var person = await Laptop.SignInAsync(user);
        _people.Add(person);
        var opened = await person.EnrollDeviceAsync();
        Assert.True(opened.Status == 201, opened.ToString());
        return new(this, person, opened);
    }

    public async ValueTask DisposeAsync()
    {
        _people.ForEach(p => p.Dispose());
        Shop.Dispose();
        await Laptop.DisposeAsync();
    }
}
