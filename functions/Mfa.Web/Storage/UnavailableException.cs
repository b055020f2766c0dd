namespace Mfa.Web;

/// <summary>Something that this service needs can't be had now. Nothing is lost: whoever asked asks again.</summary>
public abstract class UnavailableException(string message, Exception? inner = null) : Exception(message, inner);
