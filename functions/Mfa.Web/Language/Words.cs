using System.Text.Json;
using Mfa.Core;
using Mfa.Pages;

namespace Mfa.Web;

/// <summary>What texts, calls, an account and the list of its activities say, in one language: its section <c>service</c>.</summary>
public sealed class Words(Language language)
{
    /// <summary>In the language of a culture such as <c>nl-NL</c>; an unknown one is English.</summary>
    public static Words Of(string culture) => new(Languages.Shipped.Best(culture));

    /// <summary>The text that carries a code.</summary>
    /// <param name="company">Who sends it.</param>
    /// <param name="code">The code.</param>
    /// <param name="says">What the user agrees to with it.</param>
    /// <param name="number">Whether a reply needs the two digits on the screen.</param>
    /// <param name="hasPage">Whether there is a page to type it on.</param>
    /// <param name="host">The host of the page that a browser may fill the code in on (W3C's origin-bound one-time codes); null for none.</param>
    public string CodeText(string company, VerificationCode code, string? says, bool number, bool hasPage, string? host)
    {
        var body = Text(hasPage ? number ? "TextCodeNumber" : "TextCode" : number ? "TextCodeReplyNumber" : "TextCodeReply", ("company", company), ("code", code.Reveal()));
        var said = says is null ? body : $"{Text("TextAgree", ("company", company), ("says", says))} {body}";
        return host is null || !hasPage ? said : $"{said}\n\n@{host} #{code.Reveal()}";
    }

    /// <summary>The text that tells a user of a change.</summary>
    public string Notice(AuditKind what, string company) => Text($"Notice{what}", ("company", company));

    /// <summary>What happened, in words a user understands.</summary>
    public string Activity(AuditKind kind) => Text($"Activity{kind}");

    /// <summary>To a user whom an admin blocked.</summary>
    public string Blocked => Text("MessageBlocked");

    /// <summary>To a user who has to set something up.</summary>
    public string SetUp => Text("MessageSetUp");

    /// <summary>What a call says.</summary>
    public SpokenText Spoken(CallPrompt prompt, string company, bool number, string? says = null)
    {
        var asks = prompt is CallPrompt.Verify or CallPrompt.VerifyAgain;
        var words = Text($"Call{prompt}" + (number && asks ? "Number" : ""), ("company", company));
        return new(says is not null && asks ? $"{Text("CallAgree", ("company", company), ("says", says))} {words}" : words, language.Locale);
    }

    private string Text(string name, params ReadOnlySpan<(string Name, string Value)> facts) =>
        language.Text("service", JsonNamingPolicy.KebabCaseLower.ConvertName(name), facts);
}
