using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>Makes a challenge's view for whoever asked for it.</summary>
public sealed class ChallengeViews(Assertions assertions, ChallengeMethods methods, BrowserTokens browsers, SignInPages pages, AccountPolicy policy, TimeProvider time)
{
    /// <summary>The view as an answer.</summary>
    public IResult Answer(StoredHolder stored, ChallengeCaller caller, int status = StatusCodes.Status200OK, string? browser = null) =>
        Wire.Json(Of(stored, caller, browser), status);

    /// <summary>The version of what a caller sees.</summary>
    public long Version(StoredHolder stored, ChallengeCaller caller) => caller.IsBlind ? Blind(stored).Version : stored.Holder.Version;

    /// <summary>The view with what it proves, for who brought the sign-in page's answer.</summary>
    public IResult Redeemed(StoredHolder stored, ChallengeCaller caller) => Wire.Json(Of(stored, caller, null, isRedeemed: true));

    /// <summary>410: it is over, as far as a caller is told.</summary>
    public Problem Over(Challenge challenge, ChallengeCaller caller)
    {
        var state = StateOf(challenge, caller);
        return Problem.Of(StatusCodes.Status410Gone, $"challenge-over/{Names.Kebab(state)}");
    }

    /// <summary>Where it stands, as far as a caller is told.</summary>
    public ChallengeState StateOf(Challenge challenge, ChallengeCaller caller) =>
        caller.IsBlind ? challenge.SeenAt(policy, time.GetUtcNow()) : challenge.StateAt(time.GetUtcNow());

    /// <summary>Whether it is verified or satisfied.</summary>
    public bool IsProved(StoredHolder stored) => stored.Challenge().StateAt(time.GetUtcNow()) is ChallengeState.Verified or ChallengeState.Satisfied;

    /// <summary>Whether what it proved for a relying party still counts.</summary>
    public bool Counts(StoredHolder stored) => IsProved(stored) && IsOfToday(stored) && time.GetUtcNow() < stored.Holder.EndedAt + policy.AssertionLifetime;

    /// <summary>Where the user goes back to at once, of whom nothing is asked; else null: what was proved, or how it ended, is told to the window that it was proved in, and to nobody who asks again.</summary>
    public string? Return(StoredHolder stored) =>
        stored.Challenge() is { By: ProofKind.NotRequired or ProofKind.Grace } c ? pages.Return(c, Names.Camel(StateOf(c)), Counts(stored) && c.Page!.Redeemed is null) : null;

    private ChallengeState StateOf(Challenge challenge) => challenge.StateAt(time.GetUtcNow());

    private ChallengeView Of(StoredHolder stored, ChallengeCaller caller, string? browser, bool isRedeemed = false)
    {
        var c = stored.Challenge();
        var state = c.StateAt(time.GetUtcNow());
        var view = caller.IsBlind ? Blind(stored) : Seen(stored, state);
        if (caller.Page is not null)
        {
            return pages.View(view, c, view.State == Names.Camel(ChallengeState.Open), Counts(stored) && c.Page!.Redeemed is null);
        }

        var counts = state is ChallengeState.Verified or ChallengeState.Satisfied && time.GetUtcNow() < c.EndedAt + policy.AssertionLifetime;
        // What was proved on the sign-in page is for whoever comes back from it.
        var tells = c.Page is null || isRedeemed || state == ChallengeState.Satisfied;
        return view with
        {
            User = state is ChallengeState.Verified or ChallengeState.Satisfied ? stored.Account.User : view.User,
            SignInUrl = c.Page is null ? null : pages.Link(c),
            Assertion = tells && state is ChallengeState.Verified or ChallengeState.Satisfied ? AssertionOf(stored) : null,
            RememberedBrowser = browser ?? (tells && counts && state == ChallengeState.Verified && c is { Remember: true, Browser: not null } ? browsers.First(c).Reveal() : null),
        };
    }

    private ChallengeView Seen(StoredHolder stored, ChallengeState state)
    {
        var c = stored.Challenge();
        var verification = c.Verification is { } v && (v.State != VerificationState.Cancelled || c.End is not null) ? VerificationView.Of(c) : null;
        return new()
        {
            Id = c.Id,
            Version = c.Version,
            State = Names.Camel(state),
            By = c.By is { } by ? Names.Kebab(by) : null,
            Reason = c.Fault is { } fault ? Names.Kebab(fault) : c.Reason is { } reason ? Names.Kebab(reason)
                : c is { End: ChallengeState.Denied, Verification.State: VerificationState.FraudReported } ? Names.Kebab(VerificationState.FraudReported) : null,
            User = c.UserName is null ? stored.Account.User : null,
            UserName = c.UserName,
            Method = c.MethodId is null ? null : Names.Camel(c.Kind),
            MethodId = c.MethodId,
            How = c.MethodId is null ? null : Names.Camel(c.Verification is { IsFinal: false } running ? running.How : c.How),
            Methods = [.. (c.Shown.IsEmpty ? methods.Of(stored.Account, c.MadeUp, c.Federated).Select(m => m.Shown) : c.Shown).Select(m => new ChallengeMethodView(m.Id, Names.Camel(m.Kind), [.. m.Hows.Select(Names.Camel)], m.Label))],
            RecoveryCode = stored.Account.RecoveryCodes is { Hashes.IsEmpty: false },
            Verification = verification,
            Number = verification?.Number,
            CreatedAt = c.CreatedAt,
            ExpiresAt = c.Verification is { IsFinal: false } open && open.Deadline > c.ExpiresAt ? open.Deadline : c.ExpiresAt,
        };
    }

    // Whether a text arrived, a phone was answered or fraud was reported would tell that there is somebody: such a caller sees that the
    // challenge waits until it is proved, called off, guessed at too often, or over.
    private ChallengeView Blind(StoredHolder stored)
    {
        var c = stored.Challenge();
        var seen = c.SeenAt(policy, time.GetUtcNow());
        var number = (c.Pretence is { } pretence ? pretence.Number : c.Verification?.MatchNumber)?.ToString(CultureInfo.InvariantCulture);
        var view = Seen(stored, seen);
        view = view with
        {
            Reason = seen == ChallengeState.Failed ? Names.Kebab(Reason.TooManyCodes) : null,
            How = c.MethodId is null ? null : Names.Camel(c.How),
            RecoveryCode = true,
            // What a user calls a device, nobody could make up.
            Methods = [.. view.Methods.Select(m => m.Method == Names.Camel(MethodKind.MobileApp) ? m with { Label = null } : m)],
            Verification = null,
            Number = seen == ChallengeState.Open ? number : null,
            ExpiresAt = c.ExpiresAt,
            Version = 0,
        };
        var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(view, Wire.Options));
        // Whole in every reader's numbers (RFC 8259 section 6).
        return view with { Version = (long)(BinaryPrimitives.ReadUInt64BigEndian(hash) >> 12) };
    }

    /// <summary>What a challenge that is verified or satisfied proves; null once that counts no more.</summary>
    public string? AssertionOf(StoredHolder stored) => ProofOf(stored) is { } proof ? assertions.Sign(proof) : null;

    /// <summary>What it says; null once that counts no more.</summary>
    public AssertionOf? ProofOf(StoredHolder stored) => IsOfToday(stored) ? Proof(stored.Challenge(), stored.Account) : null;

    // What was reset, blocked or erased since proves nothing any more.
    private static bool IsOfToday(StoredHolder stored) => stored.Account.Epoch == stored.Holder.Epoch && stored.Account.BlockedAt is null;

    private Web.AssertionOf Proof(Challenge c, Account account) => new()
    {
        Account = account,
        Epoch = c.Epoch,
        Audience = c.Client ?? Web.AssertionOf.Self,
        Jti = c.Id,
        At = c.EndedAt!.Value,
        For = c.Client is null ? policy.SecondStepWithin : policy.AssertionLifetime,
        Amr = c.By switch
        {
            ProofKind.Method => Assertions.Amr(c.ProvedHow!.Value, c is { ProvedHow: How.Notification, Verification.WithPin: true }),
            ProofKind.RecoveryCode or ProofKind.Bypass => Assertions.Amr(How.Code),
            ProofKind.RememberedBrowser => ["mfa"],
            _ => [],
        },
        Acr = c.By switch
        {
            ProofKind.RememberedBrowser => Acr.Remembered,
            ProofKind.NotRequired or ProofKind.Grace => Acr.NotRequired,
            _ => Acr.SecondStep,
        },
        // Of a program's sign-in it is no business of the program's.
        Session = c.Client is null ? c.Session : null,
        Nonce = c.Nonce,
        Context = c.Context?.Hash,
    };
}
