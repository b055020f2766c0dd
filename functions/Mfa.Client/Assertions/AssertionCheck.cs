using System.Diagnostics.CodeAnalysis;

namespace Mfa.Client;

/// <summary>What a checked assertion says, or why it does not count.</summary>
public sealed record AssertionCheck
{
    /// <summary>What it says, where it counts.</summary>
    public MfaAssertion? Assertion { get; init; }

    /// <summary>Why it does not.</summary>
    public AssertionFault? Fault { get; init; }

    /// <summary>Whether it counts.</summary>
    [MemberNotNullWhen(true, nameof(Assertion))]
    public bool Counts => Assertion is not null;
}
