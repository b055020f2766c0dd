namespace Mfa.Web;

/// <summary>An enrollment as callers see it.</summary>
public sealed record EnrollmentView(
    string Id,
    long Version,
    string Method,
    string? Mode,
    string? Delivery,
    string? Phone,
    string State,
    string? Reason,
    ActivationView? Activation,
    VerificationView? Verification,
    string? MethodId,
    IReadOnlyList<string>? Recommended,
    string? Assertion,
    DateTimeOffset CreatedAt,
    DateTimeOffset ExpiresAt);

/// <summary>What an authenticator app needs.</summary>
public sealed record ActivationView
{
    /// <summary>What the QR code says.</summary>
    public string? QrContent { get; init; }

    public string? QrSvg { get; init; }

    /// <summary>The seed to type, of an app that makes codes.</summary>
    public string? SecretKey { get; init; }

    /// <summary>The code to type, of an app that gets notifications, and where to give it.</summary>
    public string? Code { get; init; }

    public string? Url { get; init; }

    /// <summary>What was activated, by its name: the user checks that it is theirs.</summary>
    public DeviceView? Device { get; init; }

    public required string AccountName { get; init; }

    public required string Issuer { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}
