using Mfa.Core;

namespace Mfa.Web;

/// <summary>The sign-in page in one window. The first window that looks has the challenge for itself: whoever hands the link on doesn't see what comes of it.</summary>
/// <param name="Ticket">The ticket of the link.</param>
/// <param name="Hash">The window, hashed; null where the page drew nothing for it.</param>
/// <param name="Pages">What knows the right ticket.</param>
public sealed record SignInWindow(SignInTicket Ticket, string? Hash, SignInPages Pages)
{
    /// <summary>Whether a challenge is its: the ticket opens it, and no other window had it first.</summary>
    public bool Owns(Challenge challenge) => Opens(challenge) && challenge.Page!.OpenedBy(Hash) is not null;

    /// <summary>Whether its ticket opens a challenge.</summary>
    public bool Opens(Challenge challenge) => Pages.IsTicket(Ticket.Text, challenge);

    /// <summary>Whether it has still to take a challenge that is its.</summary>
    public bool Takes(Challenge challenge) => challenge.Page!.OpenedBy(Hash) is { } page && !ReferenceEquals(page, challenge.Page);

    /// <summary>Prints no ticket.</summary>
    public override string ToString() => nameof(SignInWindow);
}
