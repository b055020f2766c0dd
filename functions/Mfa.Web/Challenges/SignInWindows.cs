using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>Gives a challenge to the first window that looks at it with the right ticket.</summary>
public sealed class SignInWindows(HolderRows rows)
{
    private const int TriesAtMost = 20;

    /// <summary>It, taken where the window has still to take it; null where another one was faster, or there is none any more.</summary>
    public async Task<StoredHolder?> TakeAsync(StoredHolder stored, SignInWindow window, CancellationToken cancel)
    {
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            var challenge = stored.Challenge();
            if (!window.Owns(challenge))
            {
                return null;
            }

            if (!window.Takes(challenge))
            {
                return stored;
            }

            if (await rows.SaveAsync(stored, challenge with { Page = challenge.Page! with { Window = window.Hash } }, stored.Account) is { } saved)
            {
                return saved;
            }

            await Contention.PauseAsync(tries, cancel);
            if (await rows.FindAsync(stored.Holder.Id, cancel) is not { } again)
            {
                return null;
            }

            stored = again;
        }

        throw new ContendedException();
    }

    /// <summary>409: the link was opened in another window before.</summary>
    public static Problem Elsewhere() => Problem.Of(StatusCodes.Status409Conflict, "opened-elsewhere");
}
