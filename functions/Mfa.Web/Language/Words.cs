using System.Globalization;
using System.Resources;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>What texts and calls say, in one language: one resource file each, English where there is none.</summary>
public sealed class Words
{
    private static readonly ResourceManager s_resources = new(typeof(Words));

    private readonly CultureInfo _culture;

    /// <param name="culture">A culture's name such as <c>nl-NL</c>; an unknown one is English.</param>
    public Words(string culture)
    {
        try
        {
            _culture = CultureInfo.GetCultureInfo(culture);
        }
        catch (CultureNotFoundException)
        {
            _culture = CultureInfo.InvariantCulture;
        }
    }

    /// <summary>The text that carries a code.</summary>
    public string CodeText(string company, VerificationCode code) => Format("Text_Code", company, code.Reveal());

    /// <summary>What a call says, and the voice that says it.</summary>
    public SpokenText Spoken(CallPrompt prompt, string company, bool number) =>
        new(Format($"Call_{prompt}" + (number && prompt is (CallPrompt.Verify or CallPrompt.VerifyAgain) ? "_Number" : ""), company), Get("Locale"), Get("Voice"));

    private string Format(string name, params object[] values) => string.Format(_culture, Get(name), values);

    private string Get(string name) => s_resources.GetString(name, _culture) ?? throw new MissingManifestResourceException($"No words: {name}");
}
