using Mfa.Core;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Benchmarks;

/// <summary>Users of one kind, each asked for a few times only: what limits a user changes no answer.</summary>
/// <param name="name">The kind.</param>
/// <param name="shape">What the users look like; only those who look the same are compared.</param>
/// <param name="made">Makes the account of one; null where nothing is known of them.</param>
internal sealed class BlindUsers(string name, string shape, Func<Account, Account>? made)
{
    /// <summary>How often one is asked for.</summary>
    public const int Asks = 4;

    private readonly List<string> _users = [];
    private int _asked;

    public string Name => name;

    public string Shape => shape;

    /// <summary>Makes as many as so many answers take.</summary>
    public async Task MakeAsync(IServiceProvider services, int answers)
    {
        var (accounts, decoys, names) = (services.GetRequiredService<AccountRows>(), services.GetRequiredService<Decoys>(), services.GetRequiredService<RowNames>());
        var users = Enumerable.Range(0, int.MaxValue).Select(_ => Person.NewName()).Where(u => IsLike(decoys.Of(names.AccountKey("contoso", u)).Methods)).Take((answers + Asks - 1) / Asks).ToArray();
        await Parallel.ForEachAsync(made is null ? [] : users, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (user, cancel) =>
        {
            var stored = await accounts.LoadAsync("contoso", user, cancel);
            _ = await accounts.SaveAsync(stored, made!(stored.Account with { IsKnown = true }), cancel) ?? throw new InvalidOperationException("A user could not be made.");
        });
        // Each is asked for once before anybody is asked again.
        _users.Clear();
        _users.AddRange(Enumerable.Repeat(users, Asks).SelectMany(u => u));
        _asked = 0;
    }

    /// <summary>The next user.</summary>
    public string Next() => _users[_asked++ % _users.Count];

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<BlindUsers> All(IServiceProvider services)
    {
        var secrets = services.GetRequiredService<SecretColumns>();
        Account Phone(Account a) => a with { Methods = [new() { Id = RowNames.NewId(a.Key), Kind = MethodKind.AuthenticationPhone, How = How.Text, VerifiedAt = DateTimeOffset.UtcNow, Phone = PhoneNumber.FromE164(Handset.NewNumber()) }] };
        Account App(Account a)
        {
            var id = RowNames.NewId(a.Key);
            return a with { Methods = [new() { Id = id, Kind = MethodKind.MobileApp, How = How.Code, VerifiedAt = DateTimeOffset.UtcNow, SealedSeed = secrets.Seal(id, "twenty bytes of a key"u8), SeedOf = id }] };
        }

        return
        [
            new("nobody", "phone", null), new("not set up", "phone", a => a with { Required = true }), new("phone", "phone", Phone),
            new("phone, blocked", "phone", a => Phone(a) with { BlockedAt = DateTimeOffset.UtcNow }),
            new("nobody", "app", null), new("not set up", "app", a => a with { Required = true }), new("app", "app", App),
        ];
    }

    private bool IsLike(IReadOnlyCollection<ContactMethod> methods) =>
        methods.Count == 1 && methods.First() is { Kind: var kind, How: var how } && (kind, how) == (shape == "app" ? (MethodKind.MobileApp, How.Code) : (MethodKind.AuthenticationPhone, How.Text));
}
