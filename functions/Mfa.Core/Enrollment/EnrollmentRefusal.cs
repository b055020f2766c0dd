namespace Mfa.Core;

/// <summary>A refusal, and when it makes sense to come back.</summary>
public sealed record EnrollmentRefusal(EnrollmentFault Fault, DateTimeOffset? RetryAt = null);
