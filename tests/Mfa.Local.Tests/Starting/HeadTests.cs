using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Mfa.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Local.Tests;

/// <summary>The whole laptop: real API, real clock, real phones.</summary>
public sealed partial class HeadTests(SharedStorage storage) : IAsyncLifetime
{
    private const string Number = "14255550190";
    private readonly TemporaryFolder _folder = new();
    private readonly Lines _log = new();
    private readonly HttpClient _phones = new();
    private LocalHead _head = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _head = await Heads.Start(storage, _folder, _log, ("Policy:CallRetryAfter", "00:00:02"), ("VirtualPhone:NoAnswerAfter", "00:00:00.2"), ("VirtualPhone:SpeakFor", "00:00:00.05"));
        _phones.BaseAddress = new Uri(_head.PhonesUrl!, $"phones/{Number}/");
    }

    public async ValueTask DisposeAsync()
    {
        _phones.Dispose();
        await _head.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("alice", true, "+1 ••••••••43")]
    [InlineData("bob", true, null)]
    [InlineData("carol", false, null)]
    [InlineData("someone.else", false, null)]
    public async Task The_demo_users_are_there(string user, bool required, string? officePhone)
    {
        using var http = await SignIn(_head, user);
        var me = await http.GetFromJsonAsync<JsonElement>("me", Cancel);
        Assert.Equal(required, me.GetProperty("required").GetBoolean());
        Assert.Equal(officePhone, me.TryGetProperty("officePhone", out var phone) ? phone.GetString() : null);
    }

    [Fact]
    public async Task It_wakes_devices_by_its_own_push_service()
    {
        var (push, endpoints) = (_head.Services.GetRequiredService<IPushCarrier>(), _head.Services.GetRequiredService<PushEndpoints>());
        using var made = await _phones.PostAsJsonAsync(new Uri(_head.PhonesUrl!, "push"), new { applicationServerKey = push.PublicKey }, Cancel);
        var endpoint = (await made.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("endpoint").GetString()!;
        var keys = Pushing.Keys();
        var taken = await endpoints.TakeAsync(endpoint, keys.P256dh, keys.Auth, Cancel);
        Assert.Equal(CarrierAnswer.Done(), await push.WakeAsync(taken.Subscription!, new("request", TimeSpan.FromMinutes(2)), Cancel));
        Assert.Single((await _phones.GetFromJsonAsync<JsonElement>(new Uri(endpoint + "/messages"), Cancel)).GetProperty("messages").EnumerateArray());
    }

    [Fact]
    public async Task A_text_is_answered_by_a_reply_and_the_page_hears_of_it()
    {
        using var http = await SignIn(_head, "bob");
        var enrollment = await Contact(http, "text");
        var code = Digits().Match((await Handset()).GetProperty("texts")[0].GetProperty("body").GetString()!).Value;
        await _phones.PostAsJsonAsync("texts", new { to = "+18005550100", body = code }, Cancel);
        while (enrollment.GetProperty("state").GetString() == "contacting")
        {
            enrollment = await http.GetFromJsonAsync<JsonElement>($"me/enrollments/{enrollment.GetProperty("id")}?wait=25&seen={enrollment.GetProperty("version")}", Cancel);
        }

        Assert.Equal("verified", enrollment.GetProperty("state").GetString());
        Assert.DoesNotContain(code, _log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Number, _log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_nobody_takes_is_placed_again_by_the_clock_of_any_head()
    {
        await using var second = await Heads.Start(storage, _folder, _log, ("Carrier:ConnectionString", await Connection()));
        using var http = await SignIn(second, "bob");
        await _phones.PutAsJsonAsync("habit", new { calls = "no-answer" }, Cancel);
        var enrollment = await Contact(http, "call");
        await Until.True(async () => (await Verification(http, enrollment)).GetProperty("attempt").GetInt32() == 2, "a second call");
        await _phones.PutAsJsonAsync("habit", new { calls = "ring" }, Cancel);
        await Until.True(async () => (await Handset()).GetProperty("call").GetProperty("state").GetString() == "ringing", "a ringing phone");
        await _phones.PostAsync("answer", null, Cancel);
        await Until.True(async () => (await Handset()).GetProperty("call").GetProperty("said").GetArrayLength() > 0, "a prompt");
        await _phones.PostAsJsonAsync("keys", new { keys = "#" }, Cancel);
        await Until.True(async () => (await Verification(http, enrollment)).GetProperty("state").GetString() == "verified", "a verified phone");
    }

    [Fact]
    public async Task A_head_that_is_stopped_while_a_page_waits_stops_soon()
    {
        using var http = await SignIn(_head, "bob");
        var enrollment = await Contact(http, "text");
        var waiting = http.GetAsync(new Uri($"me/enrollments/{enrollment.GetProperty("id")}?wait=25&seen={enrollment.GetProperty("version")}", UriKind.Relative), Cancel);
        var stopping = _head.DisposeAsync().AsTask();
        Assert.Same(stopping, await Task.WhenAny(stopping, Task.Delay(TimeSpan.FromSeconds(20), Cancel)));
        await waiting.ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public void No_file_of_settings_is_watched()
    {
        var files = ((IConfigurationRoot)_head.Services.GetRequiredService<IConfiguration>()).Providers.OfType<FileConfigurationProvider>().ToArray();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.False(file.Source.ReloadOnChange));
    }

    [Fact]
    public async Task What_is_nowhere_is_a_problem()
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(_head.Url, "nowhere"), Cancel);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
    }

    private static async Task<HttpClient> SignIn(LocalHead head, string user)
    {
        var http = new HttpClient { BaseAddress = new Uri(head.Url, "api/v1/") };
        var token = await http.GetFromJsonAsync<JsonElement>(new Uri(head.Url, $"dev/token?user={user}"), Cancel);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
        return http;
    }

    private static async Task<JsonElement> Contact(HttpClient http, string delivery)
    {
        using var made = await http.PostAsJsonAsync("me/enrollments", new { method = "authenticationPhone", region = "US", number = Number[1..], delivery }, Cancel);
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("id").GetString();
        using var contacted = await http.PostAsync(new Uri($"me/enrollments/{id}/contact", UriKind.Relative), null, Cancel);
        Assert.Equal(HttpStatusCode.Accepted, contacted.StatusCode);
        return await contacted.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }

    private static async Task<JsonElement> Verification(HttpClient http, JsonElement enrollment) =>
        (await http.GetFromJsonAsync<JsonElement>($"me/enrollments/{enrollment.GetProperty("id")}", Cancel)).GetProperty("verification");

    private async Task<JsonElement> Handset() => await _phones.GetFromJsonAsync<JsonElement>(new Uri(_head.PhonesUrl!, $"phones/{Number}"), Cancel);

    private async Task<string> Connection() =>
        (await _phones.GetFromJsonAsync<JsonElement>(new Uri(_head.PhonesUrl!, "connection"), Cancel)).GetProperty("connectionString").GetString()!;

    [GeneratedRegex(@"\d{6}")]
    private static partial Regex Digits();
}
