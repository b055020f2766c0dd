using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mfa.Core;
using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Web;

/// <summary>
/// What the sign-in page is reached and left by: the ticket in its link, and the answer that its user brings back. Both are made of the
/// challenge's own secret, so nothing of them is stored, and a repeated request has the same.
/// </summary>
public sealed class SignInPages(SecretColumns secrets, RowNames names, ServiceSettings service, TimeProvider time)
{
    /// <summary>The longest answer that is looked at.</summary>
    public const int AnswerAtMost = 100;

    private static readonly TimeSpan s_codeLasts = TimeSpan.FromSeconds(60);

    /// <summary>The link to a challenge's page. What is behind the # no server is told.</summary>
    public string Link(Challenge challenge) => $"{service.PublicUrl}/sign-in/{challenge.Id}#{Ticket(challenge)}";

    /// <summary>Whether a ticket is the challenge's.</summary>
    public bool IsTicket(string shown, Challenge challenge) => challenge.Page is not null && Same(shown, Ticket(challenge));

    /// <summary>Whether an answer is the challenge's. Nobody has seen it as long as nothing is proved.</summary>
    public bool IsAnswer(string shown, Challenge challenge) => challenge.Page is not null && Same(shown, Answer(challenge));

    /// <summary>Whether it is what the page of a challenge is left with that is over and proves nothing. Nobody has seen it before.</summary>
    public bool IsRefusal(string shown, Challenge challenge) => challenge.Page is not null && Same(shown, Refusal(challenge));

    /// <summary>The page in the window that a request comes from.</summary>
    public SignInWindow Window(SignInTicket ticket) => new(ticket, ticket.Window is { } window ? names.Hash("sign-in-window", window) : null, this);

    /// <summary>A challenge as its page sees it.</summary>
    /// <param name="view">What whoever asked for it sees.</param>
    /// <param name="c">The challenge.</param>
    /// <param name="isOpen">Whether it waits for a proof, as far as is told.</param>
    /// <param name="counts">Whether it proves something by now that was not redeemed.</param>
    public ChallengeView View(ChallengeView view, Challenge c, bool isOpen, bool counts) => view with
    {
        User = null,
        UserName = null,
        Application = c.Application,
        Place = c.Place,
        Ip = c.Ip,
        Context = c.Context is { } context ? new(context.Title, [.. context.Details.Select(d => new ContextDetailView(d.Label, d.Value))]) : null,
        Company = service.Name,
        Culture = c.Page!.Culture,
        SetUp = isOpen && c.Federated is { SetsUp: true } ? true : null,
        RememberBrowser = isOpen && c.Browser is not null ? c.Remember : null,
        ReturnTo = isOpen ? null : Return(c, view.State, counts),
    };

    /// <summary>Where the user goes from a challenge that is over.</summary>
    /// <param name="c">The challenge.</param>
    /// <param name="state">How it ended, as far as is told.</param>
    /// <param name="counts">Whether it proves something by now that was not redeemed.</param>
    public string Return(Challenge c, string state, bool counts) => c.Federated?.Protocol switch
    {
        FederatedProtocol.ExternalMfa => $"{c.Page!.ReturnTo}#{c.Id}.{(counts ? Answer(c) : Refusal(c))}",
        FederatedProtocol.AuthorizationCode => counts ? Return(c, ("code", Code(c, time.GetUtcNow().ToUnixTimeSeconds())))
            : Return(c, ("error", "access_denied"), ("error_description", ErrorOf(state))),
        _ => Return(c, counts ? ("answer", Answer(c)) : ("error", ErrorOf(state))),
    };

    /// <summary>The challenge that a code is of; null where it has not the form of one.</summary>
    public static string? ChallengeOf(string code) => code.Split('.') is [var id, _, _] && RowNames.IsId(id) ? id : null;

    /// <summary>Whether a code is the challenge's, and young enough (RFC 6749 section 4.1.2).</summary>
    public bool IsCode(string shown, Challenge challenge) =>
        challenge is { Page: not null, Federated.Protocol: FederatedProtocol.AuthorizationCode }
        && shown.Split('.') is [_, var made, _] && long.TryParse(made, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && Same(shown, Code(challenge, at)) && time.GetUtcNow() < DateTimeOffset.FromUnixTimeSeconds(at) + s_codeLasts;

    // What was proved, and can't be told any more, is over like anything whose time is.
    private static string ErrorOf(string state) =>
        state == Names.Camel(ChallengeState.Verified) || state == Names.Camel(ChallengeState.Satisfied) ? Names.Camel(ChallengeState.Expired) : state;

    // With the issuer, so that a relying party that asks several services knows whose answer it is (RFC 9207).
    private string Return(Challenge c, params (string Name, string? Value)[] says)
    {
        var query = says.Append(("state", c.Page!.State)).Append(("iss", service.Issuer)).ToDictionary(q => q.Item1, q => q.Item2);
        return QueryHelpers.AddQueryString(c.Page.ReturnTo, query.Where(q => q.Value is not null));
    }

    private string Ticket(Challenge c)
    {
        var kind = c.Page!.IsBlind ? SignInTicket.Blind : SignInTicket.Plain;
        return kind + Of(c, $"sign-in-ticket {kind}");
    }

    private string Answer(Challenge c) => Of(c, "sign-in-answer");

    // With the time at which it was told: it lives a minute from then, however long the browser took to look.
    private string Code(Challenge c, long at) => $"{c.Id}.{at.ToString(CultureInfo.InvariantCulture)}.{Of(c, $"authorization-code {at.ToString(CultureInfo.InvariantCulture)}")}";

    private string Refusal(Challenge c) => Of(c, "sign-in-refusal");

    private string Of(Challenge c, string what) => WebEncoders.Base64UrlEncode(HMACSHA256.HashData(secrets.Open(c).Bytes, Encoding.UTF8.GetBytes(what)));

    private static bool Same(string shown, string expected) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(shown), Encoding.UTF8.GetBytes(expected));
}
