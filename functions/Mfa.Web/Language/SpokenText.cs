namespace Mfa.Web;

/// <summary>Words to be spoken.</summary>
/// <param name="Words">The words.</param>
/// <param name="Locale">Their language, as BCP 47 with a region: <c>en-US</c>.</param>
/// <param name="Voice">The voice's name at the carrier.</param>
public sealed record SpokenText(string Words, string Locale, string Voice);
