namespace Mfa.Functions;

/// <summary>A look to be taken.</summary>
/// <param name="VerificationId">At which verification.</param>
/// <param name="Number">The how manieth look of its clock it is.</param>
public sealed record LookAt(string VerificationId, int Number);

/// <summary>What a look found.</summary>
/// <param name="Again">When to look again; null when it is over.</param>
/// <param name="State">Where it stands, for whoever looks at the orchestration.</param>
/// <param name="Attempt">The number of its latest text or call.</param>
public sealed record Look(DateTimeOffset? Again, string? State, int Attempt);
