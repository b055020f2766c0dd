using System.Text.RegularExpressions;
using Xunit;

namespace Mfa.Contract;

/// <summary>A laptop that is an external method of Entra's, and the Entra beside it. The tests of a class share it, or one has its own.</summary>
public sealed partial class EntraLaptop(Storage storage) : IAsyncLifetime
{
    // As a browser, but one that is asked before it goes anywhere.
    private static readonly HttpClient s_http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private static readonly Lazy<EntraKey> s_key = new(() => new EntraKey());

    private readonly List<IDisposable> _people = [];

    internal FakeEntra Entra { get; private set; } = null!;

    internal Laptop Laptop { get; private set; } = null!;

    internal TimeProvider? Time { get; init; }

    internal Dictionary<string, string?> More { get; init; } = [];

    /// <summary>Our own key.</summary>
    internal static EntraKey Key => s_key.Value;

    /// <summary>One for a test alone.</summary>
    /// <param name="storage">The run's storage.</param>
    /// <param name="time">The time of the head and of Entra; the machine's where null.</param>
    /// <param name="settings">Settings other than the usual ones.</param>
    internal static async Task<EntraLaptop> StartAsync(Storage storage, TimeProvider? time = null, params (string Name, string? Value)[] settings)
    {
        var laptop = new EntraLaptop(storage) { Time = time, More = settings.ToDictionary(s => s.Name, s => s.Value) };
        await laptop.InitializeAsync();
        return laptop;
    }

    public async ValueTask InitializeAsync()
    {
        Entra = await FakeEntra.StartAsync();
        Entra.Time = Time ?? TimeProvider.System;
        var settings = new Dictionary<string, string?>(ShortWaits.Settings().Concat(Settings(Entra)));
        foreach (var (name, value) in More)
        {
            settings[name] = value;
        }

        Laptop = await Laptop.StartAsync(storage, settings, Time);
        Entra.Knows(Laptop.Url);
    }

    public async ValueTask DisposeAsync()
    {
        _people.ForEach(p => p.Dispose());
        if (Laptop is not null)
        {
            await Laptop.DisposeAsync();
        }

        await Entra.DisposeAsync();
    }

    /// <summary>What makes a head an external method of an Entra.</summary>
    internal static Dictionary<string, string?> Settings(FakeEntra entra) => new()
    {
        ["ExternalMfa:AppId"] = FakeEntra.AppId,
        ["ExternalMfa:Tenants"] = $"{EntraUser.Contoso}, {EntraUser.Fabrikam}",
        ["ExternalMfa:Authority"] = entra.Url,
        ["ExternalMfa:Keys:e1"] = Key.Pkcs12,
        ["ExternalMfa:Newest"] = "e1",
        ["Policy:SendAgainAfter"] = "00:00:00.1",
    };

    /// <summary>The same user at our own pages.</summary>
    internal async Task<Person> SignInAsync(EntraUser user)
    {
        using var person = await Person.SignInAsync(Laptop.Issuer ?? Laptop.Url, user.Oid, user.Tenant);
        var here = person.At(Laptop.Url);
        _people.Add(here);
        return here;
    }

    /// <summary>Somebody new, with a phone: it was texted once, to set it up.</summary>
    internal async Task<(EntraUser User, Handset Phone)> WithPhoneAsync(string tenant = EntraUser.Contoso)
    {
        var (user, phone) = (EntraUser.New(tenant), Laptop.NewPhone());
        var person = await SignInAsync(user);
        await Laptop.RestsAsync(person, (await person.SetUpAsync(phone))["id"]);
        return (user, phone);
    }

    /// <summary>Somebody new, with an authenticator's codes.</summary>
    internal async Task<(EntraUser User, Authenticator App)> WithAppAsync()
    {
        var user = EntraUser.New();
        return (user, (await (await SignInAsync(user)).SetUpAppAsync(Time ?? TimeProvider.System)).App);
    }

    /// <summary>A browser brings a form to us, from Entra's page.</summary>
    internal async Task<HttpResponseMessage> PostAsync(HttpContent content, string path = "/external-mfa/authorize", Uri? head = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(head ?? new(Laptop.Url), path)) { Content = content };
        request.Headers.Add("Origin", Entra.Url);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        request.Headers.Add("Sec-Fetch-Mode", "navigate");
        var answer = await s_http.SendAsync(request);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
        return answer;
    }

    internal Task<HttpResponseMessage> PostAsync(EntraRequest request, Uri? head = null) => PostAsync(Encoded(request), head: head);

    /// <summary>A form as browsers encode it.</summary>
    internal static FormUrlEncodedContent Encoded(EntraRequest request) => new(request.Form.Select(f => KeyValuePair.Create(f.Name, f.Value)));

    /// <summary>The sign-in page that a good request leads to.</summary>
    internal async Task<SignInVisit> OpenAsync(EntraRequest request)
    {
        using var answer = await PostAsync(request);
        Assert.True(answer.StatusCode == System.Net.HttpStatusCode.SeeOther, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        var link = new Uri(new Uri(Laptop.Url), answer.Headers.Location!);
        Assert.Matches("^/sign-in/[^/]+$", link.AbsolutePath);
        Seen.Secret(link.Fragment[1..]);
        return SignInVisit.Of(Laptop.Url, link.ToString(), SignInVisit.NewWindow());
    }

    /// <summary>A user of whom it is asked.</summary>
    internal Task<SignInVisit> OpenAsync(EntraUser user) => OpenAsync(Entra.Ask(user));

    /// <summary>The challenge and the answer that a page which is over leads to our own answering page with.</summary>
    internal (string Challenge, string Answer) Left(Reply over)
    {
        var link = new Uri(over["returnTo"]);
        Assert.Equal(Laptop.Url + "/external-mfa/answer", link.GetLeftPart(UriPartial.Path));
        Assert.Empty(link.Query);
        var parts = Fragment().Match(link.Fragment);
        Assert.True(parts.Success, link.Fragment);
        return (parts.Groups[1].Value, Seen.Secret(parts.Groups[2].Value));
    }

    /// <summary>What the answering page asks: the form that it brings to Entra.</summary>
    internal Task<Reply> AskAnswerAsync(string challenge, string answer) => AskAnswerAsync(Laptop.Url, challenge, answer);

    /// <summary>The same before another head.</summary>
    internal static async Task<Reply> AskAnswerAsync(string url, string challenge, string answer)
    {
        using var page = new Caller(url, "none", "");
        return await page.PostAsync($"/external-mfa/answers/{challenge}", new System.Text.Json.Nodes.JsonObject { ["answer"] = answer });
    }

    /// <summary>Brings what a page is over with to Entra, as the answering page does.</summary>
    internal async Task<EntraOutcome> BringAsync(Reply over)
    {
        var (challenge, answer) = Left(over);
        var form = await AskAnswerAsync(challenge, answer);
        Assert.True(form.Status == 200, form.ToString());
        return await BringFormAsync(form);
    }

    /// <summary>Submits the form of an answer.</summary>
    internal async Task<EntraOutcome> BringFormAsync(Reply form)
    {
        Assert.Equal(Entra.RedirectUri, form["action"]);
        var fields = form.Body!["fields"]!.AsObject().Select(f => KeyValuePair.Create(f.Key, f.Value!.ToString())).ToList();
        using var content = new FormUrlEncodedContent(fields);
        using var taken = await s_http.PostAsync(form["action"], content);
        Assert.Equal(System.Net.HttpStatusCode.Redirect, taken.StatusCode);
        return Entra.Outcomes.Last();
    }

    [GeneratedRegex("^#([^.]+)\\.([A-Za-z0-9_-]+)$")]
    private static partial Regex Fragment();
}
