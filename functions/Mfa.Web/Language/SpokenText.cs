namespace Mfa.Web;

/// <summary>Words to be spoken. The carrier has the voice.</summary>
/// <param name="Words">The words.</param>
/// <param name="Locale">Their language, as BCP 47 with a region: <c>en-US</c>.</param>
public sealed record SpokenText(string Words, string Locale);
