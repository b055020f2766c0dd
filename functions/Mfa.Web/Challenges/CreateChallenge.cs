using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>POST /challenges and /me/challenges: asks for a second step, and contacts the user at once.</summary>
public sealed class CreateChallenge(OpenChallenge open, ContactMe contactMe, ChallengeViews views, ClientSettings clients)
{
    public async Task<IResult> RunAsync(Call call)
    {
        var caller = ChallengeCaller.Of(call);
        var asked = ChallengeAsked.Read(await Fields.ReadAsync(call.Request, optional: caller.User is not null), caller, clients);
        var opened = await open.RunAsync(call, caller, asked);
        if (opened.Stored is not { } stored)
        {
            return opened.Refusal!;
        }

        stored = await contactMe.PerformAsync(stored, opened.Effects, later: caller.IsBlind);
        call.Request.HttpContext.Response.Headers.Location = $"{caller.Path}/{stored.Holder.Id}";
        return views.Answer(stored, caller, StatusCodes.Status201Created, opened.Browser);
    }
}
