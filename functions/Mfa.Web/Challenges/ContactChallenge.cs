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
        var how = fields.Choice("how", ("text", How.Text), ("call", How.Call), ("code", How.Code));
        var resend = fields.Flag("resend");
        fields.ThrowOnFaults();
        var key = ContactKey.Of(IdempotencyKey.Read(call.Request), $"{methodId}/{how}/{resend}", names);
        if (ChallengeCaller.Id(call) is not { } id)
        {
            return Problem.NotFound();
        }

        var (stored, refusal) = await contactMe.RunAsync(new(id, how, resend, key, Prepare, Over) { Later = caller.IsBlind, IsTheirs = caller.Owns }, call.Aborted);
        if (stored is null && caller.IsBlind && refusal is { Status: not (StatusCodes.Status400BadRequest or StatusCodes.Status422UnprocessableEntity) }
            && await advance.FindAsync(id, call.Aborted) is { } there && caller.Owns(there)
            && (refusal.Status != StatusCodes.Status410Gone || there.Challenge().LooksOpenAt(policy, time.GetUtcNow())))
        {
            // Whether it can be contacted would tell what there is.
            stored = there;
        }

        return stored is not null ? views.Answer(stored, caller, StatusCodes.Status202Accepted) : refusal ?? Problem.NotFound();

        (Holder?, Problem?) Prepare(Holder holder, Account account)
        {
            var challenge = (Challenge)holder;
            var usable = methods.Of(account, challenge.MadeUp);
            var method = usable.FirstOrDefault(m => m.Method.Id == (methodId ?? challenge.MethodId));
            return method is null && methodId is null ? (null, AccountProblems.Of(new(AccountFault.MethodGone), time.GetUtcNow()))
                : method is null ? (null, Problem.Field("invalid-request", "methodId", "is no method that this account can be asked by"))
                : how is { } way && !method.Hows.Contains(way) ? (null, Problem.Field("invalid-request", "how", "is no way of this method"))
                : (Asking(challenge, account, method, how ?? (methodId is null || methodId == challenge.MethodId ? challenge.How : method.Hows[0])), null);
        }

        // What runs is not ended for a contact that reaches nobody.
        Challenge Asking(Challenge challenge, Account account, ChallengeMethod method, How way) =>
            caller.IsBlind && !(challenge is { IsContacting: true, IsMuted: false }) ? methods.Quietly(challenge, account, method, way, policy, time.GetUtcNow())
            : methods.Asking(challenge, method, way);
    }

    private Problem Over(Holder holder)
    {
        var state = ((Challenge)holder).StateAt(time.GetUtcNow());
        return Problem.Of(StatusCodes.Status410Gone, "challenge-over", $"This challenge is {Names.Camel(state)}. Ask for a new one.");
    }
}
