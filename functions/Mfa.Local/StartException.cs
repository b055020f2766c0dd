namespace Mfa.Local;

/// <summary>The head can't start, for a reason that its user can do something about: one line says it.</summary>
public sealed class StartException(string line, Exception? inner = null) : Exception(line, inner);
