using Mfa.Core;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Mfa.Contract;

/// <summary>A test with a laptop, a user at its front end, and the user's phone.</summary>
public abstract class LaptopTest(Storage storage) : IAsyncLifetime
{
    protected Laptop Laptop { get; private set; } = null!;

    protected Person User { get; private set; } = null!;

    protected Handset Phone { get; private set; } = null!;

    /// <summary>Settings other than the usual ones.</summary>
    protected virtual Dictionary<string, string?> Settings => [];

    /// <summary>The head's clock; the real one where null.</summary>
    protected virtual TimeProvider? Time => null;

    public virtual async ValueTask InitializeAsync()
    {
        Laptop = await Laptop.StartAsync(storage, Settings, Time);
        User = await Laptop.SignInAsync();
        Phone = Laptop.NewPhone();
    }

    public virtual async ValueTask DisposeAsync()
    {
        User?.Dispose();
        if (Laptop is not null)
        {
            await Laptop.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Opens an enrollment of the user's phone and presses Contact me.</summary>
    protected async Task<string> ContactAsync(string delivery = "text", string? expect = null)
    {
        var enrollment = await User.EnrollPhoneAsync(Phone.Number, delivery);
        var contacted = await User.ContactAsync(enrollment["id"]);
        Assert.Equal(202, contacted.Status);
        Assert.Equal(expect ?? contacted["verification.state"], contacted["verification.state"]);
        return enrollment["id"];
    }

    /// <summary>Until nobody asks anything of storage any more, for longer than the copies for the feed take to begin.</summary>
    protected async Task QuietAsync()
    {
        var seen = -1;
        while (seen != (seen = Laptop.Tables.Requests.Count))
        {
            await Task.Delay(1500, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The user's account as it stands in its own row.</summary>
    protected async Task<Account> AccountAsync() => (await Accounts.LoadAsync("contoso", User.Id, default)).Account;

    /// <summary>Changes the user's account as another head would, past every row that holds a copy of it.</summary>
    protected async Task ChangeAccountAsync(Func<Account, Account> change)
    {
        var stored = await Accounts.LoadAsync("contoso", User.Id, default);
        Assert.NotNull(await Accounts.SaveAsync(stored, change(stored.Account), default));
    }

    private AccountRows Accounts => Laptop.Head.Services.GetRequiredService<AccountRows>();

    /// <summary>What an authenticator shows for the secret of an enrollment.</summary>
    internal static Task<string> AuthenticatorAsync(Reply enrollment) => Authenticator.Of(enrollment).CodeAsync();
}
