using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>One user of one tenant, as this backend knows them.</summary>
public sealed record Account
{
    public required string Key { get; init; }

    public required string Tenant { get; init; }

    public required string User { get; init; }

    /// <summary>What was given out under an older epoch is over.</summary>
    public int Epoch { get; init; }

    /// <summary>The admin requires two-step verification.</summary>
    public bool Required { get; init; }

    public string? DisplayName { get; init; }

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

    /// <summary>What earlier enrollments used up, handed on to the next one.</summary>
    public ImmutableDictionary<MethodKind, Usage> Usage { get; init; } = ImmutableDictionary<MethodKind, Usage>.Empty;
}
