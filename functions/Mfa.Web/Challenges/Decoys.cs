using System.Collections.Immutable;
using System.Globalization;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>
/// The made-up methods that callers see who may not learn whether a user exists: derived from the account's key alone, so they are the
/// same at every hour and on every instance.
/// </summary>
public sealed class Decoys(KeyRing keys, RowNames names, CarrierSettings carrier)
{
    private const int LastDigits = 4;

    // Made once: to parse a number takes time that a real user's answer doesn't take.
    private readonly Lazy<string> _example = new(() => Example(carrier));

    /// <summary>The methods and the preferred one.</summary>
    public (ImmutableArray<ContactMethod> Methods, Preferred Preferred) Of(string accountKey)
    {
        var seed = keys.Index("decoy", accountKey);
        var app = new ContactMethod { Id = Id(accountKey, "app"), Kind = MethodKind.MobileApp, How = How.Code, VerifiedAt = DateTimeOffset.UnixEpoch, SealedSeed = "" };
        if (seed[1] % 2 == 0)
        {
            // What it is called is not told to who may not know.
            app = app with { How = How.Notification, Device = new() { Name = "", Platform = "", PublicKey = "" } };
        }

        if (!carrier.HasPhones)
        {
            return ([app], new(app.Id, app.How));
        }

        var phone = new ContactMethod { Id = Id(accountKey, "phone"), Kind = MethodKind.AuthenticationPhone, How = How.Text, VerifiedAt = DateTimeOffset.UnixEpoch, Phone = Number(seed) };
        return (seed[0] % 8) switch
        {
            0 => ([app, phone], new(app.Id, app.How)),
            1 => ([app, phone], new(phone.Id, How.Text)),
            2 or 3 => ([app], new(app.Id, app.How)),
            _ => ([phone], new(phone.Id, How.Text)),
        };
    }

    /// <summary>The partition of numbers in which a decoy reserves: never that of a number that somebody has.</summary>
    public string NumberKey(string challengeId) => names.Hash("decoy-number", RowNames.AccountOf(challengeId));

    /// <summary>An authenticator's seed that nobody has, so that a code takes the same work.</summary>
    public Secret Seed(string accountKey) => Secret.From(keys.Index("decoy-seed", accountKey));

    /// <summary>The form that a decoy's recovery codes and bypass are hashed in.</summary>
    public HashForm Form(string accountKey) => SlowHash.NewForm() with { Salt = Convert.ToBase64String(keys.Index("decoy-salt", accountKey).AsSpan(0, 16)) };

    private string Id(string accountKey, string which) => $"{accountKey}-{names.Hash("decoy-method", accountKey, which)}";

    // A mobile number of the region that this service's own number is of: most of its users are there.
    private static string Example(CarrierSettings carrier)
    {
        var region = PhoneNumber.FromE164(carrier.From).Region;
        var example = Regions.All.First(r => r.Region == region).Example;
        return PhoneNumber.Parse(region, example) is { Number: { } parsed } ? parsed.E164 : carrier.From;
    }

    private PhoneNumber Number(byte[] seed)
    {
        var e164 = _example.Value;
        var last = (BitConverter.ToUInt32(seed, 4) % 10_000).ToString($"D{LastDigits}", CultureInfo.InvariantCulture);
        return PhoneNumber.FromE164(e164[..^LastDigits] + last);
    }
}
