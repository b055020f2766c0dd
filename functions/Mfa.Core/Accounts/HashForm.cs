namespace Mfa.Core;

/// <summary>How secrets that people keep are hashed: slowly, each set under a salt of its own.</summary>
/// <param name="Salt">The salt, base64.</param>
/// <param name="Iterations">How often the hash is iterated.</param>
public sealed record HashForm(string Salt, int Iterations);
