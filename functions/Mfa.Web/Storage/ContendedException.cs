namespace Mfa.Web;

/// <summary>A row was changed by others each time we tried to save it.</summary>
public sealed class ContendedException() : UnavailableException("A row was changed by others at each try.");
