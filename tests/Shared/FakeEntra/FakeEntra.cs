using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mfa.Tests;

/// <summary>
/// Microsoft Entra ID as an external method meets it, written from its documents: it sends browsers with a hint, and judges what they bring back.
/// It is called localhost, so to a browser it is another site than a head at 127.0.0.1.
/// </summary>
internal sealed class FakeEntra : IAsyncDisposable
{
    /// <summary>The id of the app registration of the external method: whom a hint is for.</summary>
    public const string AppId = "00001111-aaaa-2222-bbbb-3333cccc4444";

    /// <summary>What it calls itself to the external method.</summary>
    public const string ClientId = "entra";

    /// <summary>How long it waits for an answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, EntraRequest> _waiting = new();
    private readonly WebApplication _site;
    private int _documentAsked;
    private int _keysAsked;

    private FakeEntra(WebApplication site) => _site = site;

    /// <summary>Its origin: the authority.</summary>
    public string Url => $"http://localhost:{new Uri(_site.Urls.Single()).Port}";

    /// <summary>Where answers go.</summary>
    public string RedirectUri => Url + "/common/federation/externalauthprovider";

    /// <summary>The external method, once it is known where it is.</summary>
    public EntraProvider Provider { get; private set; } = null!;

    public TimeProvider Time { get; set; } = TimeProvider.System;

    /// <summary>The key that signs hints.</summary>
    public EntraKey Key { get; private set; } = new();

    /// <summary>The keys that are published.</summary>
    public List<EntraKey> Published { get; } = [];

    /// <summary>Whether it answers when it is asked for its document and keys.</summary>
    public bool IsAway { get; set; }

    /// <summary>How often it was asked for its document.</summary>
    public int DocumentAsked => _documentAsked;

    /// <summary>How often it was asked for its keys.</summary>
    public int KeysAsked => _keysAsked;

    /// <summary>All that came back, in order.</summary>
    public ConcurrentQueue<EntraOutcome> Outcomes { get; } = new();

    public static async Task<FakeEntra> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var site = builder.Build();
        var entra = new FakeEntra(site);
        entra.Published.Add(entra.Key);
        site.MapGet("/common/v2.0/.well-known/openid-configuration", entra.Document);
        site.MapGet("/common/discovery/v2.0/keys", entra.Keys);
        site.MapGet("/login", entra.StartPage);
        site.MapPost("/common/federation/externalauthprovider", entra.TakeAsync);
        site.MapGet("/done/{number:int}", (int number) => Page(EntraPages.End(entra.Outcomes.ElementAt(number))));
        await site.StartAsync();
        return entra;
    }

    /// <summary>Its admin sets the external method up.</summary>
    /// <param name="head">The head that it is at.</param>
    public void Knows(string head) => Provider = new(head.TrimEnd('/') + "/external-mfa");

    /// <summary>A new key signs from now on.</summary>
    /// <param name="publish">Whether the new one is published.</param>
    /// <param name="keepOld">Whether the old ones still are.</param>
    public void Rotate(bool publish = true, bool keepOld = false)
    {
        Key = new();
        if (!keepOld)
        {
            Published.Clear();
        }

        if (publish)
        {
            Published.Add(Key);
        }
    }

    /// <summary>The first step was taken: the second one is asked of the external method.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="hint">Changes the hint before it is signed.</param>
    /// <param name="form">Changes the form.</param>
    public EntraRequest Ask(EntraUser user, Action<EntraHint>? hint = null, Action<EntraRequest>? form = null)
    {
        var at = Time.GetUtcNow();
        var says = EntraHint.Of(user, Key, Url, at);
        hint?.Invoke(says);
        var request = new EntraRequest { User = user, At = at, Form = [] };
        foreach (var (name, value) in new[]
        {
            ("scope", "openid"), ("response_type", "Id_token"), ("response_mode", "form_post"), ("client_id", ClientId), ("redirect_uri", RedirectUri),
            ("claims", EntraRequest.UsualClaims), ("nonce", request.Nonce), ("id_token_hint", says.Encoded()), ("client-request-id", request.CorrelationId), ("state", request.State),
        })
        {
            request.Form.Add((name, value));
        }

        form?.Invoke(request);
        _waiting[request.State] = request;
        return request;
    }

    /// <summary>Where a user signs in, to the first step's end: each visit begins anew.</summary>
    public string SignInAt(EntraUser user) => $"{Url}/login?tenant={user.Tenant}&user={user.Oid}";

    public async ValueTask DisposeAsync()
    {
        await _site.StopAsync(new CancellationToken(true));
        await _site.DisposeAsync();
        Published.ForEach(k => k.Dispose());
        Key.Dispose();
    }

    // The issuer of what is common to all directories is a template.
    private IResult Document()
    {
        Interlocked.Increment(ref _documentAsked);
        return IsAway ? Results.StatusCode(503) : Results.Json<JsonNode>(new JsonObject
        {
            ["issuer"] = Url + "/{tenantid}/v2.0",
            ["authorization_endpoint"] = Url + "/common/oauth2/v2.0/authorize",
            ["token_endpoint"] = Url + "/common/oauth2/v2.0/token",
            ["jwks_uri"] = Url + "/common/discovery/v2.0/keys",
            ["response_types_supported"] = new JsonArray("code", "id_token"),
            ["subject_types_supported"] = new JsonArray("pairwise"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        });
    }

    private IResult Keys()
    {
        Interlocked.Increment(ref _keysAsked);
        return IsAway ? Results.StatusCode(503) : Results.Json<JsonNode>(new JsonObject { ["keys"] = new JsonArray([.. Published.Select(k => k.Jwk(Url + "/{tenantid}/v2.0"))]) });
    }

    private async Task<IResult> StartPage(HttpContext context, string tenant, string user)
    {
        await Provider.KeysAsync();
        context.Response.Headers.CacheControl = "no-store";
        return Page(EntraPages.Start(Provider.Authorize, Ask(new(tenant, user))));
    }

    // The answer is a redirect, as Entra's is: what a page's policy says of forms goes for where they lead, too.
    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        var outcome = await JudgeAsync(request);
        int number;
        lock (Outcomes)
        {
            number = Outcomes.Count;
            Outcomes.Enqueue(outcome);
        }

        return Results.Redirect($"{Url}/done/{number}");
    }

    private async Task<EntraOutcome> JudgeAsync(HttpRequest http)
    {
        EntraRequest? request = null;
        try
        {
            EntraProvider.Require(http.HasFormContentType, $"the answer is {http.ContentType}");
            var form = await http.ReadFormAsync();
            EntraProvider.Require(form.All(f => f.Value.Count == 1 && f.Key is "id_token" or "state" or "error" or "error_description"), $"it says {string.Join(", ", form.Keys)}");
            EntraProvider.Require(_waiting.TryGetValue(form["state"].ToString(), out request), $"nothing waits for the state {form["state"]}");
            EntraProvider.Require(!request!.IsOver, "it was answered before");
            request.IsOver = true;
            EntraProvider.Require(Time.GetUtcNow() - request.At < Patience, "it was forgotten meanwhile");
            EntraProvider.Require(form.ContainsKey("id_token") != form.ContainsKey("error"), $"it says {string.Join(", ", form.Keys)}");
            return form.ContainsKey("error") ? new(request, form["error"], null, null)
                : new(request, null, null, await EntraJudgement.OfAsync(form["id_token"].ToString(), request, Provider, Time.GetUtcNow()));
        }
        catch (InvalidDataException e)
        {
            return new(request, null, e.Message, null);
        }
    }

    private static IResult Page(string html) => Results.Text(html, "text/html; charset=utf-8");
}
