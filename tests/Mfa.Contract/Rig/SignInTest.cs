using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>A test of signing in: a user with a phone that is set up, and a relying party.</summary>
public abstract class SignInTest(SignInLaptop shared) : IClassFixture<SignInLaptop>, IAsyncLifetime
{
    protected Laptop Laptop => shared.Laptop;

    protected RelyingParty Shop => shared.Shop;

    protected RelyingParty ShopOfDigits => shared.ShopOfDigits;

    protected Person User { get; private set; } = null!;

    protected Handset Phone { get; private set; } = null!;

    /// <summary>The second step that set the phone up.</summary>
    protected string Assertion { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        User = await Laptop.SignInAsync();
        Phone = Laptop.NewPhone();
        var verified = await User.SetUpAsync(Phone);
        Assertion = verified["assertion"];
        // What it sent is given back once it was answered; until then a text so soon would be refused.
        await Laptop.RestsAsync(User, verified["id"]);
    }

    public ValueTask DisposeAsync()
    {
        User?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Opens a challenge that must open.</summary>
    /// <param name="asked">What is asked for besides the user.</param>
    /// <param name="party">Who asks; the shop where null.</param>
    protected async Task<Reply> ChallengeAsync(JsonObject? asked = null, RelyingParty? party = null)
    {
        var opened = await (party ?? Shop).ChallengeAsync(User.Id, asked);
        Assert.True(opened.Status == 201, opened.ToString());
        return opened;
    }

    protected static JsonObject By(string how) => new() { ["how"] = how };

    /// <summary>The text that came with a challenge: the one that set the phone up came before it.</summary>
    protected async Task<string> TextAsync(int text = 1) =>
        (await Handset.UntilAsync(Phone.CodedAsync, t => t.Count > text, "a text"))[^1];

    /// <summary>The code in it.</summary>
    protected Task<string> CodeAsync(int text = 1) => Phone.CodeAsync(text + 1);

    protected async Task PressAsync(string keys, string after = "press the pound key")
    {
        await Phone.AnswerAsync();
        await Phone.SaysAsync(after);
        await Phone.PressAsync(keys);
    }
}
