using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mfa.Contract;

/// <summary>A phone of the virtual network, and the hand that holds it.</summary>
public sealed partial class Handset(string network, string number) : IDisposable
{
    private static int s_next = Random.Shared.Next(1_000_000);

    private static readonly SocketsHttpHandler s_connections = new();

    private readonly HttpClient _http = new(s_connections, disposeHandler: false) { BaseAddress = new Uri(network) };

    /// <summary>E.164.</summary>
    public string Number { get; } = Seen.Secret(number);

    private string Path => $"/phones/{Number.TrimStart('+')}";

    /// <summary>A Dutch mobile number that no other test uses.</summary>
    public static string NewNumber() => $"+316{10_000_000 + (Interlocked.Increment(ref s_next) * 37 % 80_000_000 + 80_000_000) % 80_000_000}";

    public async Task<IReadOnlyList<string>> TextsAsync()
    {
        var phone = await _http.GetFromJsonAsync<JsonNode>(Path);
        return [.. phone!["texts"]!.AsArray().Select(t => t!["body"]!.ToString())];
    }

    /// <summary>The texts that carry a code, the newest last: a notice comes when it comes, between them or after.</summary>
    public async Task<IReadOnlyList<string>> CodedAsync() => [.. (await TextsAsync()).Where(t => Code().IsMatch(t))];

    /// <summary>The code of the newest of them, once there are so many.</summary>
    public async Task<string> CodeAsync(int texts = 1) =>
        Seen.Secret(Code().Match((await UntilAsync(CodedAsync, t => t.Count >= texts, $"{texts} texts with a code"))[^1]).Value);

    public async Task<JsonNode?> CallAsync() => (await _http.GetFromJsonAsync<JsonNode>(Path))!["call"];

    public Task RingsAsync(int seconds = 60) => UntilAsync(CallAsync, c => c?["state"]?.ToString() == "ringing", "a ringing phone", seconds);

    public Task EndsAsync(int seconds = 60) => UntilAsync(CallAsync, c => c is null || c["state"]?.ToString() == "ended", "the end of the call", seconds);

    public Task<JsonNode?> SaysAsync(string words, int seconds = 60) =>
        UntilAsync(CallAsync, c => c?["said"]!.AsArray().Any(s => s!.ToString().Contains(words, StringComparison.Ordinal)) == true, words, seconds);

    public async Task AnswerAsync()
    {
        await RingsAsync();
        await PostAsync("answer");
    }

    public Task HangUpAsync() => PostAsync("hangup");

    public Task DeclineAsync() => PostAsync("decline");

    public Task PressAsync(string keys) => PostAsync("keys", new JsonObject { ["keys"] = keys });

    public Task TextAsync(string to, string body) => PostAsync("texts", new JsonObject { ["to"] = to, ["body"] = body });

    /// <summary>The phone at an extension of this number, behind its switchboard.</summary>
    public Handset At(string extension) => new(network, $"{number}x{extension}");

    public async Task HabitAsync(string? calls = null, string? texts = null, string? events = null, string? tones = null, string? answers = null, params string[] extensions)
    {
        var habit = new JsonObject
        {
            ["calls"] = calls ?? "ring",
            ["texts"] = texts ?? "deliver",
            ["events"] = events ?? "once",
            ["tones"] = tones ?? "take",
            ["answers"] = answers ?? "given",
            ["extensions"] = new JsonArray([.. extensions.Select(e => JsonValue.Create(e))]),
        };
        (await _http.PutAsJsonAsync(Path + "/habit", habit)).EnsureSuccessStatusCode();
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Looks again and again until it is so; the wait has an end, and the fault tells what was seen last, and what the heads warned of lately.</summary>
    public static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> so, string what, int seconds = 60)
    {
        var until = DateTime.UtcNow.AddSeconds(seconds);
        while (true)
        {
            var seen = await look();
            if (so(seen))
            {
                return seen;
            }

            if (DateTime.UtcNow > until)
            {
                throw new TimeoutException($"No {what}; last seen: {seen switch { IEnumerable<string> many => string.Join(" | ", many), JsonNode j => j.ToJsonString(), _ => seen?.ToString() }}; warned: {Warnings()}");
            }

            await Task.Delay(30);
        }
    }

    private static string Warnings() =>
        string.Join(" | ", Seen.Lines.Where(l => l.StartsWith("Warning", StringComparison.Ordinal) || l.StartsWith("Error", StringComparison.Ordinal)).TakeLast(10));

    private async Task PostAsync(string what, JsonObject? body = null)
    {
        var answer = await _http.PostAsJsonAsync($"{Path}/{what}", body ?? []);
        if (!answer.IsSuccessStatusCode)
        {
            throw new InvalidOperationException($"{what}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }
    }

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Code();
}
