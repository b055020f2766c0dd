using System.Text.Json;
using Mfa.Client;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using RelyingParty;

// A shop: a password of its own, and the second step of Mfa.Functions.
var builder = WebApplication.CreateBuilder(args);
var (service, password) = (builder.Configuration["Mfa:BaseAddress"] ?? "http://127.0.0.1:7071", builder.Configuration["Password"] ?? "demo");
builder.Services.AddAuthentication("Cookies").AddCookie("Cookies", o => o.LoginPath = "/sign-in").AddCookie(HalfSignedIn.Scheme, o => o.ExpireTimeSpan = TimeSpan.FromMinutes(10));
builder.Services.AddAuthorization().AddAntiforgery().AddSingleton<SecondStep>();
builder.Services.AddMfaClient(o =>
{
    (o.BaseAddress, o.Issuer, o.ClientId, o.Tenant) = (new(service), builder.Configuration["Mfa:Issuer"], "shop", "contoso");
    o.Token = DevTokenAsync; // On the laptop. Elsewhere: o.Credentials = new(tokenEndpoint, "shop", secret, "api://mfa/.default")
});
var app = builder.Build();
// Nobody is let in while the service is away.
app.UseExceptionHandler(fault => fault.Run(http => http.Response.WriteAsync("Come back later.")));
app.UseAuthentication().UseAuthorization();

app.MapGet("/", (HttpContext http, IAntiforgery forms) => Pages.Home(http.User, forms.GetAndStoreTokens(http))).RequireAuthorization();
app.MapGet("/sign-in", (HttpContext http, IAntiforgery forms) => Pages.SignIn(forms.GetAndStoreTokens(http)));
app.MapPost("/sign-in", async (HttpContext http, IAntiforgery forms, SecondStep second) =>
{
    var form = await FormAsync(http, forms);
    return form["password"] == password
        ? await second.AskAsync(http, form["user"].ToString(), form["remember"] == "on")
        : Pages.SignIn(forms.GetAndStoreTokens(http), "That is not the password.");
});
app.MapGet(SecondStep.Path, (HttpContext http, string? answer, SecondStep second) => second.ReturnAsync(http, answer));
app.MapPost("/sign-out", async (HttpContext http, IAntiforgery forms) =>
{
    await FormAsync(http, forms);
    await http.SignOutAsync("Cookies");
    return Results.LocalRedirect("/sign-in");
});
app.Run();

static async Task<IFormCollection> FormAsync(HttpContext http, IAntiforgery forms)
{
    await forms.ValidateRequestAsync(http);
    return await http.Request.ReadFormAsync();
}

async ValueTask<string> DevTokenAsync(CancellationToken cancel)
{
    using var http = new HttpClient();
    return (await http.GetFromJsonAsync<JsonElement>($"{service}/dev/token?client=shop&role=mfa.verify", cancel)).GetProperty("access_token").GetString()!;
}
