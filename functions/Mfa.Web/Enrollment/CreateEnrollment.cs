using System.Security.Cryptography;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /me/enrollments: opens one, and closes an open older one of the same method.</summary>
public sealed class CreateEnrollment(
    AccountRows accounts, HolderRows rows, RowLocks locks, HolderOpening opening, PurgeRows purge, HolderCancel cancel, RowNames names, SecretColumns secrets, EnrollmentViews views,
    EnrollmentChoices choices, AccountPolicy policy, TimeProvider time)
{
    private const int TriesAtMost = 20;
    private const int SeedBytes = 20;
    private const int CodeKeyBytes = 32;

    public async Task<IResult> RunAsync(Call call)
    {
        var fields = await Fields.ReadAsync(call.Request);
        var (answer, closed) = await LockedAsync(call, fields, IdempotencyKey.Read(call.Request));
        if (closed is not null)
        {
            await cancel.FinishAsync(closed);
        }

        return answer;
    }

    // Many at once of one account, before one process, wait instead of colliding.
    private async Task<(IResult Answer, CalledOff? Closed)> LockedAsync(Call call, Fields fields, string? key)
    {
        using var taken = await locks.TakeAsync(names.AccountKey(call.TheUser.Tenant, call.TheUser.User), call.Aborted);
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            var account = await accounts.OwnAsync(call);
            var choice = choices.Read(fields, account.Account);
            // Another session that hits on the same key asks for something else: it must not be handed what this one opened.
            var hash = key is null ? null : names.Hash("request", choice.Summary, call.TheUser.Session);
            var (id, before) = await opening.IdAsync(account.Account.Key, EnrollmentKind.Rows.Mark, key, call.Aborted);
            if (before is not null)
            {
                return (before.Holder.RequestHash == hash ? Created(before, call) : IdempotencyKey.Reused(), null);
            }

            var (stored, closed, refusal) = await OpenAsync(call, account, Request(call, account.Account, choice, id, hash));
            if (refusal is not null)
            {
                return (AccountProblems.Of(refusal, time.GetUtcNow()), null);
            }

            if (stored is not null)
            {
                return (Created(stored, call), closed);
            }

            await Contention.PauseAsync(tries, call.Aborted);
        }

        throw new ContendedException();
    }

    // The account, the enrollment and the end of the older one are one batch: of many at once, each is opened on what the one before left,
    // one stays open, and what is not opened after all closes nothing.
    private async Task<(StoredHolder? Stored, CalledOff? Closed, AccountRefusal? Refusal)> OpenAsync(Call call, StoredAccount account, EnrollmentRequest request)
    {
        var now = time.GetUtcNow();
        var known = account.Account;
        var earlier = known.Latest.GetValueOrDefault(request.Kind) is { } id ? await rows.FindAsync(id, call.Aborted) : null;
        known = earlier?.Holder.Completed(known) ?? known;
        var secondStepAt = call.Caller.SecondStep is { } step && step.Epoch == known.Epoch ? step.At : (DateTimeOffset?)null;
        var (next, enrollment, refusal) = Core.Enrollment.Begin(known, request, secondStepAt, policy, now);
        if (enrollment is null)
        {
            return (null, null, refusal);
        }

        next = await purge.NoteAsync(next, call.Aborted);
        var closed = CalledOff.Of(earlier, now);
        return (await rows.AddAsync(enrollment, account, next, closed, call.Aborted), closed, null);
    }

    private EnrollmentRequest Request(Call call, Account account, EnrollmentChoice choice, string id, string? hash) => new(
        id,
        RowNames.NewId(account.Key),
        choice.Kind,
        choice.How,
        choice.Phone,
        choice.Phone is { } phone ? names.NumberKey(phone) : null,
        secrets.Seal(id, RandomNumberGenerator.GetBytes(choice.How == How.Code ? SeedBytes : CodeKeyBytes)),
        call.TheUser.Session,
        Cultures.LanguageOf(call.Request, account.Culture).Tag,
        hash)
    {
        AccountName = call.TheUser.Name,
    };

    private IResult Created(StoredHolder stored, Call call)
    {
        call.Request.HttpContext.Response.Headers.Location = $"/api/v1/me/enrollments/{stored.Holder.Id}";
        return views.Answer(stored, call.TheUser, StatusCodes.Status201Created);
    }
}
