using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;

// A program that knows OpenID Connect, and nothing of Mfa.Functions: its users sign in with their password at the company's issuer and with the second step at the service, by
// one redirect. With the laptop running (dotnet run --project functions/Mfa.Local): dotnet run --project docs/samples/OpenIdProgram, open http://localhost:5002 and
// sign in as alice. Elsewhere the service has this program's settings: Clients__program__Tenant, __Secret and __RedirectUris__0 (docs/openid.md).
var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseSetting("urls", builder.Configuration["urls"] ?? "http://localhost:5002");
builder.Services.AddAuthorization().AddAuthentication("Cookies").AddCookie("Cookies", o => o.ForwardChallenge = "OpenIdConnect").AddOpenIdConnect(o =>
{
    o.Authority = builder.Configuration["Mfa:Issuer"] ?? "http://127.0.0.1:7071";
    o.ClientId = "program";
    o.ClientSecret = builder.Configuration["Mfa:Secret"] ?? "a-secret-of-the-laptops-demo-program";
    o.ResponseType = "code";
    o.ResponseMode = "query";
    o.MapInboundClaims = false;
    o.GetClaimsFromUserInfoEndpoint = true;
    // Nobody passes without a second step, required or not; and the program looks whether it was taken. What says so is left out otherwise.
    o.AdditionalAuthorizationParameters["acr_values"] = "urn:mfa:second-step";
    o.ClaimActions.Remove("acr");
    // By http only where both are on this machine; the cookies are Secure by https.
    o.RequireHttpsMetadata = !o.Authority.StartsWith("http://", StringComparison.Ordinal);
    (o.CorrelationCookie.SameSite, o.CorrelationCookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
    (o.NonceCookie.SameSite, o.NonceCookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
    // Who called it off, or was refused.
    o.Events.OnRemoteFailure = failed =>
    {
        failed.HandleResponse();
        failed.Response.Redirect("/not-signed-in");
        return Task.CompletedTask;
    };
});
var app = builder.Build();
app.UseAuthentication().UseAuthorization();
app.MapGet("/", (ClaimsPrincipal user) => Page($"Hello {HtmlEncoder.Default.Encode(user.FindFirstValue("sub")!)}, you are signed in ({string.Join(' ', user.FindAll("amr").Select(c => c.Value))}; {user.FindFirstValue("acr")}). <a href=\"/sign-out\">Sign out</a>"))
    .RequireAuthorization(p => p.RequireAuthenticatedUser().RequireClaim("acr", "urn:mfa:second-step"));
app.MapGet("/not-signed-in", () => Page("You were not signed in. <a href=\"/\">Try again</a>"));
app.MapGet("/sign-out", async (HttpContext http) =>
{
    await http.SignOutAsync("Cookies");
    return Page("You are signed out of the program. <a href=\"/\">Sign in</a>");
});
app.Run();

static IResult Page(string html) => Results.Content($"<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>The program</title><main><p>{html}</p></main></html>", "text/html; charset=utf-8");
