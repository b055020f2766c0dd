namespace Mfa.Core.Tests;

/// <summary>One change of the account, and of the holder that made it.</summary>
internal sealed record AccountStep(AccountMove Move, Account Before, Account After, Holder? HolderBefore, Holder? HolderAfter, DateTimeOffset Now)
{
    /// <summary>What happened to the holder; null where it was no event.</summary>
    public VerificationEvent? Event { get; init; }

    public Answer? Answer { get; init; }

    public AccountRefusal? Refusal { get; init; }

    /// <summary>The browser's token that was shown when the challenge was asked for.</summary>
    public ShownToken? Shown { get; init; }

    public Challenge? Challenge => HolderAfter as Challenge;

    public Challenge? ChallengeBefore => HolderBefore as Challenge;

    /// <summary>Whether it finished an enrollment.</summary>
    public bool Enrolls => HolderAfter is Enrollment { End: EnrollmentState.Verified } && HolderBefore is Enrollment { End: null };

    /// <summary>Whether it verified a challenge.</summary>
    public bool Verifies => Challenge?.End == ChallengeState.Verified && ChallengeBefore?.End is null;

    /// <summary>The kind of method that was proved; null where none was.</summary>
    public MethodKind? Proves =>
        Enrolls ? HolderAfter!.Kind
        : !Verifies || Challenge!.By != ProofKind.Method ? null
        : Challenge.ProvedHow == How.Code ? MethodKind.MobileApp
        : Challenge.Kind;

    public int Wrong(MethodKind kind, bool before) => (before ? Before : After).WrongCodes.GetValueOrDefault(kind)?.InARow ?? 0;
}

/// <summary>A browser's token that somebody shows.</summary>
internal sealed record ShownToken(string Client, string Id, string Hash);
