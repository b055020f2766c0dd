using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>Whether a code is right, and what that proves.</summary>
public sealed record VerifiedView(bool Valid, string? Assertion);

/// <summary>POST /verify: one call for callers that hold a code and have no page. Nobody is contacted.</summary>
public sealed class VerifyNow(OpenChallenge open, GivenCodes codes, ChallengeViews views, ContactMe contactMe, ClientSettings clients)
{
    public async Task<IResult> RunAsync(Call call)
    {
        var caller = ChallengeCaller.Of(call);
        var fields = await Fields.ReadAsync(call.Request);
        // All faults at once: the second of these tells those of the first.
        var found = GivenCodes.Find(fields);
        var asked = ChallengeAsked.Read(fields, caller, clients);
        var read = found!;
        asked = asked with { RememberedBrowser = null, RememberBrowser = false, Page = null, Contact = false, Code = codes.Hash(read) };
        var opened = await open.RunAsync(call, caller, asked, s => codes.Event(s, read, remember: false, caller.IsBlind));
        if (opened.Stored is not { } stored)
        {
            return opened.Refusal!;
        }

        await contactMe.PerformAsync(stored, opened.Effects, later: true);
        var assertion = stored.Challenge().End == ChallengeState.Verified ? views.AssertionOf(stored) : null;
        return Wire.Json(new VerifiedView(assertion is not null, assertion));
    }
}
