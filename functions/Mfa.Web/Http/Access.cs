using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Web;

/// <summary>Who may call a route. The wrapper round every endpoint asks, before the endpoint reads anything; a proof of one kind never serves as another.</summary>
public abstract record Access
{
    /// <summary>Anyone.</summary>
    public static Access Anyone { get; } = new Everybody();

    /// <summary>A user who passed the first step: a bearer token.</summary>
    public static Access User { get; } = new UserAccess();

    /// <summary>The sign-in page, by what the link to it carries. Whether that opens the challenge, its endpoint tells with the row that it reads anyway.</summary>
    public static Access SignInPage { get; } = new SignInAccess();

    /// <summary>An application with a bearer token of its own, and this app role.</summary>
    public static Access Application(string role) => new ApplicationAccess(role);

    /// <summary>Who the request is from, or why it is refused.</summary>
    /// <exception cref="UnavailableException">Nobody can tell now.</exception>
    public abstract Task<Admission> AdmitAsync(HttpRequest request);

    private sealed record Everybody : Access
    {
        public override Task<Admission> AdmitAsync(HttpRequest request) => Task.FromResult(new Admission());
    }

    private sealed record SignInAccess : Access
    {
        public override Task<Admission> AdmitAsync(HttpRequest request) =>
            Task.FromResult(SignInTicket.Read(request) is { } ticket ? new Admission { SignIn = ticket } : Admission.Refused(SignInTicket.Refusal()));
    }

    private sealed record ApplicationAccess(string Role) : Access
    {
        public override async Task<Admission> AdmitAsync(HttpRequest request) =>
            await request.HttpContext.RequestServices.GetRequiredService<BearerTokens>().ReadAsync(request) switch
            {
                { Refusal: { } refusal } => Admission.Refused(refusal),
                { Application: { } application } token when token.Roles.Contains(Role) => new() { Application = application },
                _ => Admission.Refused(Problem.Of(StatusCodes.Status403Forbidden, "wrong-caller/application", ("role", Role))),
            };
    }
}
