using System.Collections.Immutable;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /challenges/{id}/contact, /me/challenges/{id}/contact and /sign-ins/{id}/contact: again, or another way.</summary>
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

        var (stored, refusal) = await contactMe.RunAsync(new(id, how, resend, key, Prepare, h => views.Over((Challenge)h, caller)) { Later = caller.IsBlind, IsTheirs = IsTheirs, LooksOpen = h => caller.IsBlind && ((Challenge)h).LooksOpenAt(policy, time.GetUtcNow()) }, call.Aborted);
        if (stored is null && caller.IsBlind && refusal is { Status: not (StatusCodes.Status400BadRequest or StatusCodes.Status410Gone or StatusCodes.Status422UnprocessableEntity) }
            && await advance.FindAsync(id, call.Aborted) is { } there && caller.Owns(there))
        {
            // Whether it can be contacted would tell what there is.
            stored = there;
        }

        return stored is not null ? views.Answer(stored, caller, StatusCodes.Status202Accepted) : refusal ?? Problem.NotFound();

        bool IsTheirs(StoredHolder there)
        {
            if (!caller.Owns(there))
            {
                return false;
            }

            call.IsFor(there.Account);
            return true;
        }

        (Holder?, Problem?) Prepare(Holder holder, Account account)
        {
            var challenge = (Challenge)holder;
            var usable = methods.Of(account, challenge.MadeUp, challenge.Federated);
            var (chosen, unfit) = Choose(challenge, challenge.Shown.IsEmpty ? [.. usable.Select(m => m.Shown)] : challenge.Shown);
            if (chosen is null)
            {
                return (null, unfit);
            }

            var way = how ?? (chosen.Id == challenge.MethodId ? challenge.How : chosen.Hows[0]);
            return challenge.IsHidden ? (challenge with { MethodId = chosen.Id, Kind = chosen.Kind, How = way }, null)
                : usable.FirstOrDefault(m => m.Method.Id == chosen.Id && m.Hows.Contains(way)) is not { } method ? (null, Gone())
                : (Asking(challenge, account, method, way), null);
        }

        // The one that is named, else the one that is asked by now, else another that has this way. What was shown can be asked for, whatever the account has by now.
        (ShownMethod?, Problem?) Choose(Challenge challenge, ImmutableArray<ShownMethod> there)
        {
            var named = there.Where(m => methodId is not null ? m.Id == methodId : how is not null || m.Id == challenge.MethodId).OrderBy(m => m.Id != challenge.MethodId).ToArray();
            return named.FirstOrDefault(m => how is not { } way || m.Hows.Contains(way)) is { } chosen ? (chosen, null)
                : (null, named.Length > 0 ? Problem.Field("how", methodId is null ? "is no way of this account" : "is no way of this method")
                    : methodId is null ? Gone()
                    : Problem.Field("methodId", "is no method that this account can be asked by"));
        }

        Problem Gone() => AccountProblems.Of(new(AccountFault.MethodGone), time.GetUtcNow());

        // What runs is not ended for a contact that reaches nobody.
        Challenge Asking(Challenge challenge, Account account, ChallengeMethod method, How way) =>
            caller.IsBlind && !(challenge is { IsContacting: true, IsMuted: false }) ? methods.Quietly(challenge, account, method, way, policy, time.GetUtcNow())
            : methods.Asking(challenge, method, way);
    }
}
