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
public sealed record ActivationView(string QrContent, string QrSvg, string SecretKey, string AccountName, string Issuer, DateTimeOffset ExpiresAt);
