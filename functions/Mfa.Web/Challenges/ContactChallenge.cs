using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /challenges/{id}/contact and /me/challenges/{id}/contact: again, or another way.</summary>
public sealed class ContactChallenge(ContactMe contactMe, VerificationAdvance advance, ChallengeMethods methods, RowNames names, ChallengeViews views, AccountPolicy policy, TimeProvider time)
{
    private const int MethodIdAtMost = 100;

    public async Task<IResult> RunAsync(Call call)
    {
        var caller = ChallengeCaller.Of(call);
        var fields = await Fields.ReadAsync(call.Request, optional: true);
        var methodId = fields.Text("methodId", MethodIdAtMost);
        var how = fields.Choice("how", ("text", How.Text), ("call", How.Call), ("code", How.Code), ("notification", How.Notification));
        var resend = fields.Flag("resend");
        fields.ThrowOnFaults();
        var key = ContactKey.Of(IdempotencyKey.Read(call.Request), $"{methodId}/{how}/{resend}", names);
        if (ChallengeCaller.Id(call) is not { } id)
        {
            return Problem.NotFound();
        }

        var (stored, refusal) = await contactMe.RunAsync(new(id, how, resend, key, Prepare, h => Over(h, caller.IsBlind)) { Later = caller.IsBlind, IsTheirs = caller.Owns, LooksOpen = h => caller.IsBlind && ((Challenge)h).LooksOpenAt(policy, time.GetUtcNow()) }, call.Aborted);
        if (stored is null && caller.IsBlind && refusal is { Status: not (StatusCodes.Status400BadRequest or StatusCodes.Status410Gone or StatusCodes.Status422UnprocessableEntity) }
            && await advance.FindAsync(id, call.Aborted) is { } there && caller.Owns(there))
        {
            // Whether it can be contacted would tell what there is.
            stored = there;
        }

        return stored is not null ? views.Answer(stored, caller, StatusCodes.Status202Accepted) : refusal ?? Problem.NotFound();

        (Holder?, Problem?) Prepare(Holder holder, Account account)
        {
            var challenge = (Challenge)holder;
            if (challenge.IsHidden)
            {
                return Pretended(challenge);
            }

            var usable = methods.Of(account, challenge.MadeUp);
            var method = usable.FirstOrDefault(m => m.Method.Id == (methodId ?? challenge.MethodId));
            return method is null && (methodId is null || challenge.Shown.Any(m => m.Id == methodId)) ? (null, AccountProblems.Of(new(AccountFault.MethodGone), time.GetUtcNow()))
                : method is null ? (null, NoMethod())
                : how is { } way && !method.Hows.Contains(way) ? (null, NoWay())
                : (Asking(challenge, account, method, how ?? (methodId is null || methodId == challenge.MethodId ? challenge.How : method.Hows[0])), null);
        }

        // What was shown can be asked for, whatever the account has by now.
        (Holder?, Problem?) Pretended(Challenge challenge) =>
            challenge.Shown.FirstOrDefault(m => m.Id == (methodId ?? challenge.MethodId)) is not { } shown ? (null, NoMethod())
            : how is { } way && !shown.Hows.Contains(way) ? (null, NoWay())
            : (challenge with { MethodId = shown.Id, Kind = shown.Kind, How = how ?? (shown.Id == challenge.MethodId ? challenge.How : shown.Hows[0]) }, null);

        // What runs is not ended for a contact that reaches nobody.
        Challenge Asking(Challenge challenge, Account account, ChallengeMethod method, How way) =>
            caller.IsBlind && !(challenge is { IsContacting: true, IsMuted: false }) ? methods.Quietly(challenge, account, method, way, policy, time.GetUtcNow())
            : methods.Asking(challenge, method, way);
    }

    private static Problem NoMethod() => Problem.Field("invalid-request", "methodId", "is no method that this account can be asked by");

    private static Problem NoWay() => Problem.Field("invalid-request", "how", "is no way of this method");

    private Problem Over(Holder holder, bool isBlind)
    {
        var (challenge, now) = ((Challenge)holder, time.GetUtcNow());
        var state = isBlind ? challenge.SeenAt(policy, now) : challenge.StateAt(now);
        return Problem.Of(StatusCodes.Status410Gone, "challenge-over", $"This challenge is {Names.Camel(state)}. Ask for a new one.");
    }
}
