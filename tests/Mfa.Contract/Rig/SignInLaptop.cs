using Xunit;

namespace Mfa.Contract;

/// <summary>A laptop that the tests of a class share: each brings its own user and phone. The clock runs, and waits are short.</summary>
public class SignInLaptop(Storage storage) : IAsyncLifetime
{
    /// <summary>Where a browser may fill in a code, on the head that asks for digits.</summary>
    public const string WebOtpHost = "login.example.com";

    public Laptop Laptop { get; private set; } = null!;

    /// <summary>A relying party.</summary>
    public RelyingParty Shop { get; private set; } = null!;

    /// <summary>It before a head that asks for the digits on the screen, in calls and in replies.</summary>
    public RelyingParty ShopOfDigits { get; private set; } = null!;

    /// <summary>Settings of its heads.</summary>
    protected virtual Dictionary<string, string?> Settings => new(ShortWaits.Settings().Concat(SignInVisit.Settings)) { ["Policy:RememberBrowsers"] = "true" };

    public async ValueTask InitializeAsync()
    {
        Laptop = await Laptop.StartAsync(storage, Settings);
        Shop = await Laptop.RelyingPartyAsync();
        var digits = await Laptop.AddHeadAsync(settings: new() { ["Policy:CallProof"] = "Number", ["Policy:ReplyProof"] = "Number", ["Service:WebOtpHost"] = WebOtpHost });
        ShopOfDigits = Shop.At(digits.Url.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        Shop?.Dispose();
        ShopOfDigits?.Dispose();
        if (Laptop is not null)
        {
            await Laptop.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }
}
