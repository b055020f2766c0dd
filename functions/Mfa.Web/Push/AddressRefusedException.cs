namespace Mfa.Web;

/// <summary>A host has an address that is not of the public internet: nothing was sent.</summary>
public sealed class AddressRefusedException(string host) : IOException($"{host} has an address that is not public.");
