namespace Mfa.Core;

/// <summary>A refusal, and when it makes sense to come back.</summary>
public sealed record AccountRefusal(AccountFault Fault, DateTimeOffset? RetryAt = null);
