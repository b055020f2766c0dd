using System.Security.Cryptography;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /me/enrollments: opens one, and closes an open older one of the same method.</summary>
public sealed class CreateEnrollment(
    AccountRows accounts, EnrollmentRows rows, PurgeRows purge, EnrollmentCancel cancel, RowNames names, SecretColumns secrets, Assertions assertions, EnrollmentViews views, MfaSettings settings, TimeProvider time)
{
    private const int TriesAtMost = 20;
    private const int SeedBytes = 20;
    private const int CodeKeyBytes = 32;

    public async Task<IResult> RunAsync(Call call)
    {
        var user = call.TheUser;
        var fields = await Fields.ReadAsync(call.Request);
        var idempotencyKey = IdempotencyKey.Read(call.Request);
        for (var tries = 1; tries <= TriesAtMost; tries++)
        {
            var account = await accounts.LoadAsync(user.Tenant, user.User, call.Aborted);
            var choice = EnrollmentChoice.Read(fields, account.Account, settings);
            var id = names.NewId(account.Account.Key, idempotencyKey);
            var hash = idempotencyKey is null ? null : names.Hash("request", choice.Summary);
            var before = idempotencyKey is null ? null : await rows.FindAsync(id, call.Aborted);
            if (before is not null && time.GetUtcNow() - before.Enrollment.CreatedAt < settings.Accounts.RepeatWithin)
            {
                return Again(before, hash, user, call);
            }

            var opened = await OpenAsync(call, account, Request(call, account.Account, choice, id, hash), before);
            if (opened.Refusal is { } refusal)
            {
                return EnrollmentProblems.Of(refusal, time.GetUtcNow());
            }

            if (opened.Stored is { } stored)
            {
                return Created(stored, user, call);
            }

            await Task.Delay(Random.Shared.Next(5, 10 * tries), call.Aborted);
        }

        throw new ContendedException();
    }

    private async Task<(StoredEnrollment? Stored, EnrollmentRefusal? Refusal)> OpenAsync(Call call, StoredAccount account, EnrollmentRequest request, StoredEnrollment? before)
    {
        var now = time.GetUtcNow();
        var secondStepAt = await assertions.ReadAsync(call.Request, call.TheUser, account.Account);
        // Refused before anything is called off.
        var earlierId = account.Account.Latest.GetValueOrDefault(request.Kind);
        var earlier = earlierId is null ? null : await rows.FindAsync(earlierId, call.Aborted);
        if (Core.Enrollment.Begin(account.Account, request, earlier?.Enrollment, secondStepAt, settings.Accounts, now).Refusal is { } refusal)
        {
            return (null, refusal);
        }

        // Called off before its counts are taken over: they can't grow any more.
        earlier = earlier is null ? null : await cancel.RunAsync(earlier, call.Aborted) ?? earlier;
        var (next, enrollment, _) = Core.Enrollment.Begin(account.Account, request, earlier?.Enrollment, secondStepAt, settings.Accounts, now);
        await purge.NoteAsync(request.Id, now + settings.Accounts.EnrollmentLifetime + settings.Accounts.KeepFor, call.Aborted);
        return await accounts.SaveAsync(account, next, call.Aborted) is { } saved
            ? (await rows.AddAsync(enrollment!, saved, before?.Tag, call.Aborted), null)
            : (null, null);
    }

    private EnrollmentRequest Request(Call call, Account account, EnrollmentChoice choice, string id, string? hash) => new(
        id,
        names.NewId(account.Key, null),
        choice.Kind,
        choice.How,
        choice.Phone,
        choice.Phone is { } phone ? names.NumberKey(phone) : null,
        secrets.Seal(id, RandomNumberGenerator.GetBytes(choice.Kind == MethodKind.MobileApp ? SeedBytes : CodeKeyBytes)),
        call.TheUser.Session,
        Cultures.Of(account.Culture, call.Request),
        hash);

    private IResult Again(StoredEnrollment before, string? hash, UserCaller user, Call call) =>
        before.Enrollment.RequestHash == hash
            ? Created(before, user, call)
            : IdempotencyKey.Reused();

    private IResult Created(StoredEnrollment stored, UserCaller user, Call call)
    {
        call.Request.HttpContext.Response.Headers.Location = $"/api/v1/me/enrollments/{stored.Enrollment.Id}";
        return views.Answer(stored, user, StatusCodes.Status201Created);
    }
}
