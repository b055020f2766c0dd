using System.Text.Json.Nodes;
using Mfa.Core;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Mfa.Contract;

/// <summary>A test of what a relying party sees that may not learn who exists, and users of all kinds for it to ask for.</summary>
public abstract class BlindTest(Storage storage) : BudgetTest(storage)
{
    /// <summary>What users can look like.</summary>
    public static readonly string[] Shapes = ["phone", "app", "phone, app", "app, phone", "device"];

    protected RelyingParty Party { get; private set; } = null!;

    protected Person Admin { get; private set; } = null!;

    // What the carrier tells of a call comes after the answer, and of nobody's call there is nothing to tell.
    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Service:PublicUrl"] = "http://127.0.0.1:9" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await SignInAgainAsync();
    }

    public override ValueTask DisposeAsync()
    {
        Party?.Dispose();
        Admin?.Dispose();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    /// <summary>With tokens of this hour.</summary>
    protected async Task SignInAgainAsync()
    {
        Party?.Dispose();
        Admin?.Dispose();
        Party = await Laptop.RelyingPartyAsync("shop", "contoso", "mfa.verify", "mfa.verify.blind");
        Admin = await Contract.Admin.SignInAsync(Laptop);
    }

    /// <summary>Of the first of them is seen what is seen of each other one, step by step.</summary>
    protected async Task AssertAlikeAsync((string Who, string User)[] users, Func<string, Task<List<string>>> all)
    {
        await RestAsync();
        var (expected, others) = (await all(users[0].User), new List<string>());
        foreach (var (who, user) in users[1..])
        {
            others.AddRange(expected.Zip(await all(user)).Where(s => s.First != s.Second).Select(s => $"Of {who} is seen\n{s.Second}\nand of nobody\n{s.First}"));
        }

        Assert.True(others.Count == 0, string.Join("\n\n", others));
    }

    /// <summary>A name of which nobody knows, whose made-up methods have this shape.</summary>
    protected string Unknown(string shape)
    {
        var (decoys, names) = (Laptop.Head.Services.GetRequiredService<Decoys>(), Laptop.Head.Services.GetRequiredService<RowNames>());
        return Enumerable.Range(0, 10_000).Select(_ => Person.NewName()).First(name =>
        {
            var (methods, preferred) = decoys.Of(names.AccountKey("contoso", name));
            return string.Join(", ", methods.OrderBy(m => m.Id != preferred.MethodId).Select(m => m.Device is not null ? "device" : m.Kind == MethodKind.MobileApp ? "app" : "phone")) == shape;
        });
    }

    /// <summary>A user whom an admin told of, and who has set nothing up.</summary>
    protected async Task<string> KnownAsync(string shape, JsonObject? told = null, params (string Act, JsonObject? Body)[] acts)
    {
        var user = Unknown(shape);
        Assert.Equal(201, (await Admin.SendAsync("PUT", $"admin/users/{user}", told ?? [])).Status);
        foreach (var (act, body) in acts)
        {
            Assert.InRange((await Admin.PostAsync($"admin/users/{user}/{act}", body ?? [])).Status, 200, 201);
        }

        return user;
    }

    /// <summary>A user who has set up what the shape says.</summary>
    protected async Task<string> RealAsync(string shape, Func<Account, Account>? change = null)
    {
        using var person = await Laptop.SignInAsync();
        string? assertion = null;
        foreach (var what in shape.Split(", "))
        {
            (string, string)[] shown = assertion is null ? [] : [("Mfa-Assertion", assertion)];
            using var device = new DeviceApp(Laptop.Url) { Time = Time ?? TimeProvider.System };
            var verified = what == "device" ? await person.SetUpDeviceAsync(device, shown)
                : what == "app" ? (await person.SetUpAppAsync(Time ?? TimeProvider.System, shown)).Verified : await person.SetUpAsync(Laptop.NewPhone(), shown);
            assertion = verified["assertion"];
            if (what == "phone")
            {
                await Laptop.RestsAsync(person, verified["id"]);
            }
        }

        if (change is not null)
        {
            await ChangeAsync(person.Id, change);
        }

        return person.Id;
    }

    /// <summary>Until nothing is done any more for those who set something up.</summary>
    protected async Task RestAsync()
    {
        for (var (before, still) = (-1, 0); still < 5; still = before == Laptop.Tables.Requests.Count ? still + 1 : 0)
        {
            before = Laptop.Tables.Requests.Count;
            await Task.Delay(100);
        }
    }

    /// <summary>Changes an account as another head would.</summary>
    protected async Task ChangeAsync(string user, Func<Account, Account> change)
    {
        var accounts = Laptop.Head.Services.GetRequiredService<AccountRows>();
        var stored = await accounts.LoadAsync("contoso", user, default);
        Assert.NotNull(await accounts.SaveAsync(stored, change(stored.Account), default));
    }

    /// <summary>The recovery codes of a user.</summary>
    protected static RecoveryCodes Codes() => new() { Form = SlowHash.NewForm(), Hashes = ["x"], CreatedAt = DateTimeOffset.UtcNow };

    protected static Account Locked(Account account, int wrong = 100) =>
        account with { WrongCodes = account.WrongCodes.AddRange(account.Methods.Select(m => m.Kind).Distinct().Select(k => KeyValuePair.Create(k, new WrongCodes(wrong, DateTimeOffset.UtcNow)))) };

    protected static Account Paused(Account account) =>
        account with { PausedUntil = account.PausedUntil.AddRange(account.Methods.Select(m => m.Kind).Distinct().Select(k => KeyValuePair.Create(k, DateTimeOffset.UtcNow.AddHours(1)))) };
}
