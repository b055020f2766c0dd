using Mfa.Core;

namespace Mfa.Web;

/// <summary>What an assertion says. The same says the same each time it is read.</summary>
public sealed record AssertionOf
{
    /// <summary>The audience of assertions for this service's own routes.</summary>
    public const string Self = "self";

    /// <summary>Whose.</summary>
    public required Account Account { get; init; }

    /// <summary>The epoch in which it was proved.</summary>
    public required int Epoch { get; init; }

    /// <summary>Whom it is for: a relying party's client id, or <see cref="Self"/>.</summary>
    public required string Audience { get; init; }

    /// <summary>What proved it, one for each proof: the verification's id.</summary>
    public required string Jti { get; init; }

    /// <summary>When it was proved.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How long after that it counts.</summary>
    public required TimeSpan For { get; init; }

    /// <summary>How (RFC 8176 section 2).</summary>
    public required IReadOnlyList<string> Amr { get; init; }

    /// <summary>How sure: one of <see cref="Web.Acr"/>.</summary>
    public required string Acr { get; init; }

    /// <summary>The session of the first step that it is for.</summary>
    public string? Session { get; init; }

    /// <summary>What the relying party sent along to know it by.</summary>
    public string? Nonce { get; init; }

    /// <summary>The hash of what the user agreed to: base64url(SHA-256) of its RFC 8785 canonical form.</summary>
    public string? Context { get; init; }
}
