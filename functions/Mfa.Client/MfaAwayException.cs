namespace Mfa.Client;

/// <summary>The service, or the issuer of the application's token, gave no answer that could be read, however often it was asked.</summary>
public sealed class MfaAwayException(string says, Exception? inner = null) : Exception(says, inner);
