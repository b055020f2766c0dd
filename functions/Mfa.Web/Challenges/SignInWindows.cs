using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>Gives a challenge to the first window that looks at it with the right ticket.</summary>
public sealed class SignInWindows(HolderChange change)
{
    /// <summary>It, taken where the window has still to take it; or 409: the link was opened in another window before.</summary>
    public Task<(StoredHolder? Stored, Problem? Refusal)> TakeAsync(StoredHolder stored, SignInWindow window, CancellationToken cancel) =>
        change.RunAsync(
            stored.Holder.Id,
            s => s.Challenge() is var challenge && challenge.Page!.OpenedBy(window.Hash) is { } page ? new(challenge.On(page), s.Account, null)
                : HolderChange.Decision.Refused(Problem.Of(StatusCodes.Status409Conflict, "opened-elsewhere")),
            cancel,
            stored);
}
