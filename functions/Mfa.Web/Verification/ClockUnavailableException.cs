namespace Mfa.Web;

/// <summary>The clock can't be started or told right now.</summary>
public sealed class ClockUnavailableException(Exception inner) : UnavailableException("The clock can't be reached.", inner);
