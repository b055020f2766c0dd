using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>One user of one tenant, as this backend knows them. All that limits the user is counted here and nowhere else.</summary>
public sealed partial record Account
{
    public required string Key { get; init; }

    public required string Tenant { get; init; }

    public required string User { get; init; }

    /// <summary>What was given out under an older epoch is over.</summary>
    public int Epoch { get; init; }

    /// <summary>The admin requires two-step verification.</summary>
    public bool Required { get; init; }

    /// <summary>Until when the user may sign in although it is required and nothing is set up.</summary>
    public DateTimeOffset? GraceUntil { get; init; }

    /// <summary>Since when an admin lets the user neither sign in nor set up anything.</summary>
    public DateTimeOffset? BlockedAt { get; init; }

    /// <summary>When an admin erased the user; what was opened before is forgotten at once.</summary>
    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>The name that the user signs in with, as the company's directory has it.</summary>
    public string? UserName { get; init; }

    public string? Email { get; init; }

    public string? DisplayName { get; init; }

    /// <summary>Whether an admin or the user's own token told of them; else somebody may have made the name up.</summary>
    public bool IsKnown { get; init; }

    /// <summary>Whether its row was made when a relying party asked for it.</summary>
    public bool IsAskedFor { get; init; }

    /// <summary>Whether nothing is known but that somebody asked for it; then nobody misses it.</summary>
    [JsonIgnore]
    public bool IsHearsay =>
        this is { IsAskedFor: true, IsKnown: false, Epoch: 0, Required: false, GraceUntil: null, BlockedAt: null, UserName: null, Email: null, DisplayName: null, OfficePhone: null, Methods.IsEmpty: true, Bypass: null, RecoveryCodes: null };

    /// <summary>The language of texts and calls, e.g. <c>nl-NL</c>; null for that of the request.</summary>
    public string? Culture { get; init; }

    /// <summary>The number in the company's directory.</summary>
    public PhoneNumber? OfficePhone { get; init; }

    public ImmutableArray<ContactMethod> Methods { get; init; } = [];

    public Preferred? Preferred { get; init; }

    /// <summary>The latest enrollment of each kind: an older one is over, whatever its own row says.</summary>
    public ImmutableDictionary<MethodKind, string> Latest { get; init; } = ImmutableDictionary<MethodKind, string>.Empty;

    /// <summary>Kinds that are not used before this time, because fraud was reported.</summary>
    public ImmutableDictionary<MethodKind, DateTimeOffset> PausedUntil { get; init; } = ImmutableDictionary<MethodKind, DateTimeOffset>.Empty;

    /// <summary>Wrong codes in a row, by the kind of method they were meant for.</summary>
    [JsonPropertyName("usage")]
    public ImmutableDictionary<MethodKind, WrongCodes> WrongCodes { get; init; } = ImmutableDictionary<MethodKind, WrongCodes>.Empty;

    /// <summary>Wrong codes that nobody compared with anything, of callers who may not learn that.</summary>
    public int Unjudged { get; init; }

    public RecoveryCodes? RecoveryCodes { get; init; }

    public Bypass? Bypass { get; init; }

    public ImmutableArray<RememberedBrowser> Browsers { get; init; } = [];

    /// <summary>Second steps that served a change which takes one once only, by their <c>jti</c>, each with its end.</summary>
    public ImmutableDictionary<string, DateTimeOffset> UsedSteps { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

    /// <summary>The notifications of the last minutes that nobody has agreed to.</summary>
    public ImmutableArray<Notified> Notified { get; init; } = [];

    /// <summary>What was used up on the last day on which anything was.</summary>
    public Today Today { get; init; } = new();

    /// <summary>Until when what is opened needs no note of its own to be forgotten in time.</summary>
    public DateTimeOffset? NotedUntil { get; init; }

    /// <summary>Whether the account has proved this number.</summary>
    public bool HasProved(PhoneNumber? phone) => phone is not null && Methods.Any(m => m.Phone == phone);
}
