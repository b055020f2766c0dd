namespace Mfa.Web.Acs;

/// <summary>The carrier's published keys can't be had.</summary>
public sealed class CarrierKeysException() : UnavailableException("The carrier's published keys can't be had.");
