using System.Globalization;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>
/// What a device shows of a verification, in canonical form (RFC 8785): its hash says what was agreed to. Never the number to match.
/// </summary>
public sealed class InboxItem(ServiceSettings service)
{
    /// <summary>The item of a holder's verification: the same as long as the holder stands.</summary>
    /// <param name="holder">The holder, with a verification.</param>
    /// <param name="account">Its account.</param>
    public string Of(Holder holder, Account account)
    {
        var v = holder.Verification!;
        var challenge = holder as Challenge;
        return CanonicalJson.Map(
            ("account", CanonicalJson.Text(AccountName(account, holder.Devices(account).Values.FirstOrDefault()?.AccountName))),
            ("application", CanonicalJson.Text(challenge?.Application ?? challenge?.Client ?? service.Name)),
            ("context", challenge?.Context is { } context ? Context(context.Title, context.Details) : null),
            ("createdAt", Time(v.StartedAt)),
            ("digits", v.MatchNumber is { } number ? number.ToString(CultureInfo.InvariantCulture).Length.ToString(CultureInfo.InvariantCulture) : null),
            ("expiresAt", Time(v.Deadline)),
            ("id", CanonicalJson.Text(v.Id)),
            ("ip", challenge?.Ip is { } ip ? CanonicalJson.Text(ip) : null),
            ("match", CanonicalJson.Text(v.MatchNumber is null ? "none" : "number")),
            ("place", challenge?.Place is { } place ? CanonicalJson.Text(place) : null),
            ("purpose", CanonicalJson.Text(challenge is null ? "enrollment" : "challenge")));
    }

    /// <summary>What is agreed to.</summary>
    public static string Context(string title, IEnumerable<ContextDetail> details) => CanonicalJson.Map(
        ("title", CanonicalJson.Text(title)),
        ("details", CanonicalJson.List(details.Select(d => CanonicalJson.Map(("label", CanonicalJson.Text(d.Label)), ("value", CanonicalJson.Text(d.Value)))))));

    /// <summary>What the account is called in an app, and on the page that sets one up.</summary>
    /// <param name="account">The account.</param>
    /// <param name="signedInAs">What the user was called where they signed in.</param>
    public static string AccountName(Account account, string? signedInAs) => account.UserName ?? account.DisplayName ?? signedInAs ?? account.User[..Math.Min(64, account.User.Length)];

    private static string Time(DateTimeOffset at) => CanonicalJson.Text(at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
}
