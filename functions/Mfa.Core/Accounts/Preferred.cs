namespace Mfa.Core;

/// <summary>What the user is contacted with first.</summary>
public sealed record Preferred(string MethodId, How How);
