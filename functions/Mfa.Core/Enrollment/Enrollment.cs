using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>Setting up one method: chosen → contacted → verified.</summary>
public sealed partial record Enrollment : Holder
{
    /// <summary>The id that its method will have; it tells nothing of the enrollment's.</summary>
    public required string NewMethodId { get; init; }

    /// <summary>When the second step was taken that this change of methods stands on; null where none was shown.</summary>
    public DateTimeOffset? SecondStepAt { get; init; }

    /// <summary>What an authenticator app makes of it before it can be contacted; null where none has to.</summary>
    public Activation? Activation { get; init; }

    /// <summary>How it ended, when it did: verified, failed or cancelled.</summary>
    public EnrollmentState? End { get; init; }

    /// <summary>Why it failed although the proof was right.</summary>
    public AccountFault? Fault { get; init; }

    /// <summary>The method that it made.</summary>
    public string? MethodId { get; init; }

    [JsonIgnore]
    public override string? Made => End == EnrollmentState.Verified ? MethodId : null;

    /// <summary>Wrong codes in a row, in a row of a version that counted them here and not on the account.</summary>
    [JsonPropertyName("usage"), JsonInclude]
    internal WrongCodes? CountedBefore { get; init; }

    /// <summary>Where it stands at this time.</summary>
    public EnrollmentState StateAt(DateTimeOffset now) =>
        End ?? (IsContacting ? EnrollmentState.Contacting
            : !IsOpenAt(now) ? EnrollmentState.Expired
            : Activation is { Device: null } ? EnrollmentState.AwaitingActivation
            : EnrollmentState.ReadyToContact);
}
