using Mfa.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Web;

/// <summary>A user or an application whose token has the role of an admin. It acts in the token's own tenant only.</summary>
/// <param name="Changes">Whether the route changes anything; one that only reads takes the role that only reads, too.</param>
public sealed record AdminAccess(bool Changes) : Access
{
    private const string Role = "mfa.admin";
    private const string ReadRole = "mfa.admin.read";

    public override async Task<Admission> AdmitAsync(HttpRequest request)
    {
        var token = await request.HttpContext.RequestServices.GetRequiredService<BearerTokens>().ReadAsync(request);
        return token.Refusal is { } refusal ? Admission.Refused(refusal)
            : token is { User: null, Application: null } || !(token.Roles.Contains(Role) || (!Changes && token.Roles.Contains(ReadRole)))
            ? Admission.Refused(Problem.Of(StatusCodes.Status403Forbidden, "wrong-caller/admin", ("role", Role)))
            : Changes && token.User is { } user ? await WithSecondStepAsync(request, user)
            : new() { User = token.User, Application = token.Application };
    }

    // Who can reset others' second step must have taken their own.
    private static async Task<Admission> WithSecondStepAsync(HttpRequest request, UserCaller user)
    {
        var services = request.HttpContext.RequestServices;
        var step = await services.GetRequiredService<Assertions>().ReadAsync(request, user);
        var account = (await services.GetRequiredService<AccountRows>().LoadAsync(user.Tenant, user.User, request.HttpContext.RequestAborted)).Account;
        // The answer is for the admin, whoever is administered.
        Cultures.IsFor(request.HttpContext, account.Culture);
        var (policy, now) = (services.GetRequiredService<AccountPolicy>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        return account.BlockedAt is not null ? Admission.Refused(AccountProblems.Of(new(AccountFault.Blocked), now))
            : account.NeedsSecondStep(step?.For(account)?.At, policy, now) ? Admission.Refused(AccountProblems.Of(new(AccountFault.SecondStepRequired), now))
            : new() { User = user, SecondStep = step };
    }
}
