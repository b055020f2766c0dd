namespace Mfa.Core;

/// <summary>A second step of the account's epoch that a request shows.</summary>
/// <param name="Id">The verification that it was, the same however often it is told.</param>
/// <param name="At">When it was taken.</param>
/// <param name="EndsAt">When it can be shown no more.</param>
public sealed record ShownStep(string Id, DateTimeOffset At, DateTimeOffset EndsAt);
