using Mfa.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mfa.Web;

/// <summary>
/// POST /external-mfa/authorize: Entra's form, from the user's browser. Who it is about is taken from the hint alone; then there is a challenge as any, on this
/// service's own sign-in page. What is wrong with it is told on a page: nothing of it says reliably where else to.
/// </summary>
public sealed class ExternalMfa(ExternalMfaSettings settings, EntraHints hints, OpenChallenge open, ContactMe contactMe, SignInPages pages, ServiceSettings service, ILogger<ExternalMfa> log)
{
    // Five minutes after it sent the user Entra has forgotten the sign-in; the way back takes its time.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(270);

    public async Task<IResult> AuthorizeAsync(Call call)
    {
        if (settings.AppId is null)
        {
            return Problem.NotFound();
        }

        var form = await Form.ReadAsync(call.Request);
        using var scope = log.BeginScope("{ClientRequest}", Guid.TryParse(form["client-request-id"], out var id) ? id : null);
        var asked = Read(form);
        var (hint, fault) = await hints.ReadAsync(asked.Hint, call.Aborted);
        if (hint is null)
        {
            log.LogWarning("A hint of Entra's was refused: it {Fault}", fault);
            return Problem.Of(StatusCodes.Status400BadRequest, "external-mfa/hint") with { Errors = Problem.Wrong("id_token_hint", fault!) };
        }

        var caller = new ChallengeCaller(hint.Tenant, settings.ClientId, null, IsBlind: false);
        var opened = await open.RunAsync(call, caller, Asked(asked, hint));
        if (opened.Stored is not { } stored)
        {
            return opened.Refusal!;
        }

        stored = await contactMe.PerformAsync(stored, opened.Effects, later: false);
        // GET from now on: the form is in no history, and a reload repeats nothing.
        return new SeeOther(pages.Link((Challenge)stored.Holder));
    }

    private ExternalMfaRequest Read(Form form)
    {
        try
        {
            return ExternalMfaRequest.Read(form, settings);
        }
        catch (BadRequestException bad)
        {
            log.LogWarning("A request of Entra's was refused: {Faults}", string.Join(", ", bad.Problem.Errors?.Keys ?? []));
            throw;
        }
    }

    private ChallengeAsked Asked(ExternalMfaRequest asked, EntraHint hint) => new()
    {
        User = hint.User,
        Application = settings.Name,
        Nonce = asked.Nonce,
        Page = new($"{service.PublicUrl}{ExternalMfaSettings.Path}/answer", asked.State),
        Federated = new(FederatedProtocol.ExternalMfa) { RedirectUri = settings.RedirectUri, Subject = hint.Subject, Acr = asked.Acr, Ways = asked.Ways },
        Lifetime = s_lifetime,
        Insists = true,
        FirstStep = FirstStep.Proved,
        ShownName = hint.Name,
        MaySetUp = settings.SetsUp,
    };
}
