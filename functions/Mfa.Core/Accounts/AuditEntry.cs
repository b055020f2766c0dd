namespace Mfa.Core;

/// <summary>One thing that happened: no secret in it, and numbers masked.</summary>
public sealed record AuditEntry
{
    public required AuditKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What it happened in: an enrollment or a challenge.</summary>
    public string? HolderId { get; init; }

    /// <summary>The kind of method.</summary>
    public MethodKind? Method { get; init; }

    public string? MethodId { get; init; }

    public How? How { get; init; }

    /// <summary>The number, masked.</summary>
    public string? Phone { get; init; }

    /// <summary>How it ended.</summary>
    public string? State { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>What satisfied or verified it, or was guessed at.</summary>
    public string? By { get; init; }

    /// <summary>The relying party's client id.</summary>
    public string? Client { get; init; }

    public string? Application { get; init; }

    public string? Place { get; init; }

    public string? Ip { get; init; }

    /// <summary>Who did it, where it was an admin: the user's id, or the application's.</summary>
    public string? Admin { get; init; }
}
