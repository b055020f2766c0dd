namespace Mfa.Web;

/// <summary>The keys of the first step's issuer were never had, so nobody can tell whether a token is its.</summary>
public sealed class IssuerKeysException(Exception inner) : UnavailableException("The keys of the first step's issuer can't be had.", inner);
