using Mfa.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Web;

/// <summary>
/// A user on the way through a sign-in, who has no method yet and sets one up in it. Whoever asked for the sign-in has proved their first step; the sign-in page's ticket
/// shows that it is them, as long as the sign-in waits: <c>Authorization: MfaSetUp {challenge}.{ticket}.{window}</c>. Everybody else is admitted as on any route.
/// </summary>
/// <param name="Otherwise">How.</param>
public sealed record SetUpAccess(Access Otherwise) : Access
{
    private const string Scheme = "MfaSetUp";

    public override async Task<Admission> AdmitAsync(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header] || !header.StartsWith(Scheme + " ", StringComparison.OrdinalIgnoreCase))
        {
            return await Otherwise.AdmitAsync(request);
        }

        var services = request.HttpContext.RequestServices;
        var parts = header[(Scheme.Length + 1)..].Split('.', 2);
        if (parts is not [{ } id, { } shown] || !RowNames.IsId(id) || SignInTicket.Parse(shown) is not { Window: not null } ticket
            || await services.GetRequiredService<HolderRows>().FindAsync(id, request.HttpContext.RequestAborted) is not { Holder: Challenge challenge } stored
            || services.GetRequiredService<SignInPages>().Window(ticket) is not { } window || !window.Owns(challenge) || window.Takes(challenge)
            || !challenge.MaySetUp(services.GetRequiredService<TimeProvider>().GetUtcNow()))
        {
            return Admission.Refused(SignInTicket.Refusal());
        }

        var user = new UserCaller(stored.Account.Tenant, stored.Account.User, challenge.Id, stored.Account.UserName ?? challenge.Federated!.ShownName);
        return new() { User = user, SecondStep = await services.GetRequiredService<Assertions>().ReadAsync(request, user) };
    }
}
