using System.Collections.Immutable;
using System.Security.Cryptography;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>Opens a challenge, contacts the user where that is asked for, and saves all of it in one batch.</summary>
public sealed class OpenChallenge(
    AccountRows accounts, DirectoryRows directory, HolderRows rows, RowLocks locks, HolderOpening opening, PurgeRows purge, ContactMe contactMe, Notices notices, VerificationAdvance advance, ChallengeMethods methods, BrowserTokens browsers,
    RowNames names, SecretColumns secrets, ServiceSettings service, AccountPolicy policy, TimeProvider time)
{
    private const int TriesAtMost = 20;
    private const int CodeKeyBytes = 32;

    private sealed record Draft(Challenge Challenge, Account Account, ImmutableArray<PendingEffect> Effects, BrowserTokens.Token? Browser = null);

    /// <summary>Opens one.</summary>
    /// <param name="call">The request.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="asked">What for.</param>
    /// <param name="given">A code that is judged at once, instead of a contact; null for none.</param>
    public async Task<OpenedChallenge> RunAsync(Call call, ChallengeCaller caller, ChallengeAsked asked, Func<StoredHolder, CodeGiven>? given = null)
    {
        var named = asked.UserName is not { } name ? null
            // One read more for a name that nobody has, as for one that somebody has.
            : await directory.FindAsync(caller.Tenant, name, call.Aborted) ?? await accounts.LoadAsync(caller.Tenant, DirectoryRows.MadeUpUser(name), call.Aborted);
        var user = named?.Account.User ?? asked.User!;
        var accountKey = names.AccountKey(caller.Tenant, user);
        // What a client is called, a user's session may be called too.
        var key = (asked.Key ?? IdempotencyKey.Read(call.Request)) is not { } sent ? null
            // What a user asks for through a program is that session's.
            : caller.Client is { } program && asked.Session is { } session ? names.Hash("authorization-key", program, session, sent)
            : caller.Client is { } client ? names.Hash("challenge-key", client, sent) : names.Hash("own-challenge-key", caller.User!.Session, sent);
        var hash = key is null ? null : names.Hash("request", asked.Summary);
        // The same at each try: what is reserved for it is reserved once.
        var fresh = RowNames.NewId(accountKey, ChallengeKind.Rows.Mark);
        var noticeId = Notices.NewId(accountKey);
        using var taken = await locks.TakeAsync(accountKey, call.Aborted);
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            var account = tries == 1 && named is not null ? named : await accounts.LoadAsync(caller.Tenant, user, call.Aborted);
            account = account.Version is null && caller.Client is not null ? account with { Account = account.Account with { IsAskedFor = true } } : account;
            call.IsFor(account.Account);
            var (id, before) = key is null ? (fresh, null) : await opening.IdAsync(accountKey, ChallengeKind.Rows.Mark, key, call.Aborted);
            if (before is not null)
            {
                return before.Holder.RequestHash == hash ? new(before, [], null) { Browser = NextBrowser(before, asked) } : OpenedChallenge.Refused(IdempotencyKey.Reused());
            }

            var (draft, refusal) = await DraftAsync(call, caller, asked, account.Account, id, hash, given is null);
            if (draft is null)
            {
                return OpenedChallenge.Refused(refusal!);
            }

            var now = time.GetUtcNow();
            if (given is not null)
            {
                var taking = draft.Challenge.Take(given(new(draft.Challenge, default, account)), draft.Account, policy, now);
                if (taking.Refusal is { } why)
                {
                    return OpenedChallenge.Refused(AccountProblems.Of(why, now));
                }

                var judged = (Challenge)taking.Holder;
                draft = new(judged.EndedAt is null ? judged.WithoutProof(now) : judged, taking.Account, taking.Effects);
            }

            var next = await purge.NoteAsync(draft.Account, call.Aborted, always: caller.IsBlind);
            var told = next.Since(account.Account, now).AddRange(draft.Challenge.Since(null, now));
            var notice = await notices.PrepareAsync(noticeId, told, account.Account, next, now);
            if (await rows.AddAsync(draft.Challenge, account, next, null, call.Aborted, notice, even: caller.IsBlind) is { } stored)
            {
                advance.Send(notice);
                return new(stored, draft.Effects, null) { Browser = draft.Browser?.Reveal() };
            }

            await Contention.PauseAsync(tries, call.Aborted);
        }

        throw new ContendedException();
    }

    private async Task<(Draft? Draft, Problem? Refusal)> DraftAsync(
        Call call, ChallengeCaller caller, ChallengeAsked asked, Account account, string id, string? hash, bool contacts)
    {
        var now = time.GetUtcNow();
        var gate = account.GateAt(policy, now);
        var madeUp = !caller.IsBlind ? MadeUp.Nothing
            : gate != Gate.Ask ? MadeUp.User
            : methods.Of(account, MadeUp.Nothing, asked.Federated).Count == 0 ? MadeUp.Methods
            : MadeUp.Nothing;
        var setsUp = asked.MaySetUp && account.MaySetUpOnTheWay(asked.FirstStep, policy, now);
        if (!caller.IsBlind && !setsUp && Closed(gate, caller, asked.Insists, DirectoryRows.IsMadeUp(account.User)) is { } closed)
        {
            return (null, closed);
        }

        var (next, challenge, refusal) = Challenge.Begin(account, Request(call, caller, asked, account, id, hash, madeUp, setsUp), policy, now);
        if (challenge is null)
        {
            return (null, AccountProblems.Of(refusal!, now));
        }

        if (!caller.IsBlind && contacts && !asked.Insists && gate is Gate.NotRequired or Gate.Grace)
        {
            return (new(challenge.Satisfied(gate == Gate.Grace ? ProofKind.Grace : ProofKind.NotRequired, now), next, []), null);
        }

        // What is agreed to is asked each time: a browser agrees to nothing.
        if (caller.Client is { } client && asked.Context is null && browsers.Read(asked.RememberedBrowser) is { } shown)
        {
            var following = browsers.Next(shown);
            (next, var use) = next.Showing(client, shown.Id, shown.Hash, following.Hash, hash => browsers.Leads(shown, hash), policy, now);
            if (use == BrowserUse.Accepted && madeUp != MadeUp.User)
            {
                return (new(challenge.Satisfied(ProofKind.RememberedBrowser, now), next, [], following), null);
            }

            challenge = challenge with { BrowserReused = use == BrowserUse.Reused };
        }

        var usable = methods.Of(account, madeUp, asked.Federated);
        if (!caller.IsBlind && !challenge.HasPage && usable.Count == 0)
        {
            return (null, AccountProblems.Of(new(AccountFault.NoMethod), now));
        }

        challenge = caller.IsBlind ? challenge with { Shown = [.. usable.Select(m => m.Shown)] } : challenge;
        if (asked.MethodId is not null || asked.How is not null)
        {
            usable = [.. usable.Where(m => asked.MethodId is null || m.Method.Id == asked.MethodId)];
            if (usable.Count == 0)
            {
                return (null, Problem.Field("methodId", "is no method that this account can be asked by"));
            }

            usable = [.. usable.Where(m => asked.How is not { } how || m.Hows.Contains(how)).Select(m => asked.How is { } how ? m with { Hows = [how] } : m)];
            if (usable.Count == 0)
            {
                return (null, Problem.Field("how", "is no way of this method"));
            }
        }

        if (!contacts || !asked.Contact || usable.Count == 0)
        {
            return (new(usable.Count == 0 ? challenge : methods.Asking(challenge, usable[0], usable[0].Hows[0]), next, []), null);
        }

        if (caller.IsBlind)
        {
            // The preferred method or none: that another takes its place would tell something.
            var asking = methods.Quietly(challenge, account, usable[0], usable[0].Hows[0], policy, now);
            var quiet = await contactMe.BeginAsync(asking, next, asking.How, null, now, call.Aborted);
            return (quiet.Begun is { } b ? new((Challenge)b.Holder, b.Account, b.Effects) : new(asking, next, []), null);
        }

        var (begun, limit) = await ContactAsync(challenge, next, usable, now, call.Aborted);
        if (begun is null && asked is { Federated: not null, Page: not null })
        {
            // Too many texts in this minute or day: the user, who can't ask otherwise, chooses on the page what there still is.
            return (new(methods.Asking(challenge, usable[0], usable[0].Hows[0]), next, []), null);
        }

        return begun is null ? (null, limit) : (new((Challenge)begun.Holder, begun.Account, begun.Effects), null);
    }

    // The preferred method, or the first that can be had: a limit of one must not keep the user out who has another.
    private async Task<(Begun? Begun, Problem? Limit)> ContactAsync(Challenge challenge, Account account, IReadOnlyList<ChallengeMethod> usable, DateTimeOffset now, CancellationToken aborted)
    {
        Problem? first = null;
        Begun? unwanted = null;
        // A device that is not notified for a while has its codes still.
        var codes = usable.Where(m => m.Hows[0] == How.Notification && m.Hows.Contains(How.Code)).Select(m => (m, How.Code));
        foreach (var (method, how) in usable.Select(m => (m, m.Hows[0])).Concat(codes))
        {
            var asking = methods.Asking(challenge, method, how);
            if (asking.MayContact(account, how, policy, now) is { } refusal)
            {
                first ??= AccountProblems.Of(refusal, now);
                continue;
            }

            var (begun, limit) = await contactMe.BeginAsync(asking, account, how, null, now, aborted);
            if (begun is { Holder.Verification.Reason: Reason.OptedOut })
            {
                // A number that wants no texts: another method may be had.
                unwanted ??= begun;
            }
            else if (begun is not null)
            {
                return (begun, null);
            }

            first ??= limit;
        }

        // To a number that texted STOP nothing goes, and the user is told how else it can be reached.
        return unwanted is null ? (null, first) : (unwanted, null);
    }

    private Problem? Closed(Gate gate, ChallengeCaller caller, bool insists, bool isMadeUp) => gate switch
    {
        // Of whom nothing is known but a name, nobody can be told that they may pass.
        _ when isMadeUp => EnrollmentRequired(),
        Gate.Blocked => Problem.Of(StatusCodes.Status403Forbidden, "blocked"),
        Gate.EnrollmentRequired => EnrollmentRequired(),
        // The user's own: there is nothing to take a second step with.
        Gate.NotRequired or Gate.Grace when caller.Client is null || insists => EnrollmentRequired(),
        _ => null,
    };

    private Problem EnrollmentRequired() =>
        Problem.Of(StatusCodes.Status409Conflict, "enrollment-required") with { Members = [("enrollUrl", service.EnrollUrl)] };

    private ChallengeRequest Request(Call call, ChallengeCaller caller, ChallengeAsked asked, Account account, string id, string? hash, MadeUp madeUp, bool setsUp)
    {
        var secret = RandomNumberGenerator.GetBytes(CodeKeyBytes);
        // Of who asks by a standard nobody would keep the browser's token.
        var browser = caller.Client is not null && asked.Federated is null && policy.RememberBrowsers ? browsers.First(id, Secret.From(secret)) : null;
        return new()
        {
            Id = id,
            Client = caller.Client,
            Session = caller.User?.Session ?? asked.Session,
            SealedSecret = secrets.Seal(id, secret),
            Culture = Cultures.LanguageOf(call.Request, asked.Culture, account.Culture).Tag,
            RequestHash = hash,
            Application = asked.Application,
            Place = asked.Place,
            Ip = asked.Ip,
            Nonce = asked.Nonce,
            Context = asked.Context,
            Browser = browser is null ? null : new(browser.Id, browser.Hash),
            Remember = asked.RememberBrowser,
            // The account's language would tell that there is one. Where nobody told, the browser does, whose language no relying party's request has.
            Page = asked.Page is { } page ? page with { IsBlind = caller.IsBlind, Culture = asked.Culture ?? (caller.IsBlind ? null : account.Culture) } : null,
            Federated = asked.Federated is { } federated ? federated with { SetsUp = setsUp, ShownName = setsUp ? asked.ShownName : null } : null,
            Lifetime = asked.Lifetime,
            FirstStep = asked.FirstStep,
            MadeUp = madeUp,
            UserName = caller.IsBlind ? asked.UserName : null,
        };
    }

    private string? NextBrowser(StoredHolder before, ChallengeAsked asked) =>
        before.Challenge().By == ProofKind.RememberedBrowser && browsers.Read(asked.RememberedBrowser) is { } shown ? browsers.Next(shown).Reveal() : null;
}
