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
    /// <param name="company">Who sends it.</param>
    /// <param name="code">The code.</param>
    /// <param name="says">What the user agrees to with it.</param>
    /// <param name="number">Whether a reply needs the two digits on the screen.</param>
    /// <param name="host">The host of the page that a browser may fill the code in on (W3C's origin-bound one-time codes); null for none.</param>
    public string CodeText(string company, VerificationCode code, string? says, bool number, string? host)
    {
        var body = Format(number ? "Text_Code_Number" : "Text_Code", company, code.Reveal());
        var said = says is null ? body : $"{Format("Text_Agree", company, says)} {body}";
        return host is null ? said : $"{said}\n\n@{host} #{code.Reveal()}";
    }

    /// <summary>The text that tells a user of a change.</summary>
    public string Notice(AuditKind what, string company) => Format($"Notice_{what}", company);

    /// <summary>What happened, in words a user understands.</summary>
    public string Activity(AuditKind kind) => Get($"Activity_{kind}");

    /// <summary>What a call says, and the voice that says it.</summary>
    public SpokenText Spoken(CallPrompt prompt, string company, bool number, string? says = null)
    {
        var asks = prompt is CallPrompt.Verify or CallPrompt.VerifyAgain;
        var words = Format($"Call_{prompt}" + (number && asks ? "_Number" : ""), company);
        return new(says is not null && asks ? $"{Format("Call_Agree", company, says)} {words}" : words, Get("Locale"), Get("Voice"));
    }

    private string Format(string name, params object[] values) => string.Format(_culture, Get(name), values);

    private string Get(string name) => s_resources.GetString(name, _culture) ?? throw new MissingManifestResourceException($"No words: {name}");
}
