using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Mfa.Contract;

/// <summary>Writes down all that can be seen of a user's answers, without what is each user's own: two users who can't be told apart have the same lines.</summary>
/// <param name="laptop">The laptop, whose wires are listened to.</param>
/// <param name="storage">The run's storage, past the wires.</param>
public sealed partial class Witness(Laptop laptop, Storage storage)
{
    // What is each user's own; what is the same again has the same number.
    private static readonly HashSet<string> s_own = ["id", "user", "userName", "methodId", "label", "version", "signInUrl", "auth_req_id", "request_uri"];
    // Two digits are the same again by chance.
    private static readonly HashSet<string> s_times = ["createdAt", "expiresAt", "number", "expires_in", "binding_code"];
    private static readonly HashSet<string> s_headers = ["Date", "Content-Length"];
    private readonly Dictionary<string, string> _names = [];

    /// <summary>Whether what it takes of storage is written down.</summary>
    public bool CountsStorage { get; init; } = true;

    /// <summary>What was seen, step by step.</summary>
    public List<string> Lines { get; } = [];

    /// <summary>Asks, and writes down the answer and what it took of storage.</summary>
    /// <param name="step">What the line is called.</param>
    /// <param name="ask">The request.</param>
    /// <param name="id">The challenge that is asked about; that of the answer where null.</param>
    public async Task<Reply> SeeAsync(string step, Func<Task<Reply>> ask, string? id = null)
    {
        laptop.Tables.Forget();
        laptop.Queues.Forget();
        var reply = await ask();
        if (CountsStorage && (id ?? reply.Text("id") ?? reply.Text("auth_req_id") ?? IdOf(reply.Raw.Headers.Location)) is { } challenge)
        {
            // What is left for after the answer is counted with it.
            await Handset.UntilAsync(() => PendingAsync(challenge), left => left == 0, "rest");
        }

        var headers = reply.Raw.Headers.Concat(reply.Raw.Content.Headers).Where(h => !s_headers.Contains(h.Key))
            .Select(h => $"{h.Key}: {(h.Key == "Retry-After" ? "seconds" : Ticket().Replace(Id().Replace(string.Join(',', h.Value), "{id}"), "#{ticket}"))}").Order(StringComparer.Ordinal);
        var calls = laptop.Tables.Requests.Where(r => !laptop.IsOfFeed(r)).Select(Of).Concat(laptop.Queues.Requests.Select(r => $"{r.Method} queue")).Order(StringComparer.Ordinal);
        Lines.Add($"{step}: {reply.Status} {Masked(reply.Body, "")?.ToJsonString()} | {string.Join(" | ", headers)} | {(CountsStorage ? string.Join(", ", calls) : "")}");
        return reply;
    }

    private static string? IdOf(Uri? address) => address is not null && Id().Match(address.OriginalString) is { Success: true } id ? id.Value : null;

    private async Task<int> PendingAsync(string id)
    {
        var table = new Azure.Data.Tables.TableClient(Storage.Connection(storage.Tables, storage.Queues), laptop.Settings["Storage:TablePrefix"] + "accounts");
        var row = await table.GetEntityAsync<Azure.Data.Tables.TableEntity>(id[..26], "challenge-" + id);
        return JsonNode.Parse(row.Value.GetString("Payload"))!["verification"]?["pending"] is JsonArray pending ? pending.Count : 0;
    }

    private JsonNode? Masked(JsonNode? node, string name) => node switch
    {
        JsonObject o => new JsonObject(o.Select(p => KeyValuePair.Create(p.Key, Masked(p.Value, p.Key)))),
        JsonArray a => new JsonArray([.. a.Select(i => Masked(i, name))]),
        null => null,
        _ when s_times.Contains(name) => name,
        _ when s_own.Contains(name) => Named(name == "methodId" ? "id" : name, node.ToString()),
        _ => node.DeepClone(),
    };

    private string Named(string name, string value)
    {
        if (!_names.TryGetValue(name + value, out var known))
        {
            _names[name + value] = known = $"{name} {_names.Count}";
        }

        return known;
    }

    // The rows are told apart by the beginnings of their names; one that is not there yet is added, and takes as long as one that is replaced.
    private string Of(Tapped request)
    {
        var path = request.Path.Split('?')[0].Split('/')[^1].Replace(laptop.Settings["Storage:TablePrefix"]!, "", StringComparison.Ordinal);
        return path.EndsWith("$batch", StringComparison.Ordinal) ? $"batch of {Act().Count(request.Body)}"
            : $"{(request.IsWrite ? "write" : "read")} {Row().Replace(path, m => request.Path.Contains("numbers", StringComparison.Ordinal) ? "" : " " + m.Groups[1].Value).TrimEnd(' ', '-')}";
    }

    [GeneratedRegex("[a-z2-7]{26}-[a-z2-7]{26,27}")]
    private static partial Regex Id();

    [GeneratedRegex("#b[A-Za-z0-9_-]{43}")]
    private static partial Regex Ticket();

    [GeneratedRegex("^(PUT|POST|PATCH|MERGE|DELETE) ", RegexOptions.Multiline)]
    private static partial Regex Act();

    [GeneratedRegex(@"\(PartitionKey=.*RowKey=.([a-z]+-)?.*$")]
    private static partial Regex Row();
}
