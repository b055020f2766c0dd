using System.Buffers.Text;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Mfa.VirtualPhone;

/// <summary>What an application server sends: <c>POST /push/{id}</c> (RFC 8030 section 5).</summary>
internal sealed partial class PushDelivery(PushBook book, VapidCheck vapid, TimeProvider time)
{
    private const int BodyLimit = 4096;
    private const int RetryAfterSeconds = 2;
    private const string Sealed = "aes128gcm";

    // A push service may keep a message for less than it is asked to, and says so.
    private const int LongestTtl = 28 * 24 * 3600;

    private static readonly string[] s_urgencies = ["very-low", "low", "normal", "high"];
    private static readonly string[] s_kept = ["TTL", "Urgency", "Topic", "Content-Encoding", "Authorization"];

    public async Task<IResult> Take(HttpContext http, string id)
    {
        var request = http.Request;
        if (book.Find(id) is not { } subscriber) { return LocalGate.Refuse(404, "There is no such subscription."); }
        if (subscriber.IsGone) { return LocalGate.Refuse(410, "The subscription is no more."); }
        if (await RequestBody.Read(request, BodyLimit) is not { } body) { return LocalGate.Refuse(413, "A message has 4096 bytes at most."); }
        if (await vapid.FaultOf(request.Headers.Authorization, $"{request.Scheme}://{request.Host}", subscriber.Key) is { } fault) { return LocalGate.Refuse(fault.Status, fault.Why); }
        if (FaultOf(request, body) is { } wrong) { return LocalGate.Refuse(400, wrong); }
        if (Refusal(http.Response, subscriber.Habit) is { } refused) { return refused; }

        var ttl = Math.Min(Ttl(request)!.Value, LongestTtl);
        var now = time.GetUtcNow();
        var message = new PushMessage(PushBook.NewId(), request.Headers["Topic"], s_kept.Where(request.Headers.ContainsKey).ToDictionary(name => name, name => request.Headers[name].ToString()),
            Base64Url.EncodeToString(body.Bytes), now, now.AddSeconds(ttl));
        subscriber.Take(message);
        http.Response.Headers["TTL"] = ttl.ToString(CultureInfo.InvariantCulture);
        return Results.Created($"{request.Scheme}://{request.Host}/push/messages/{message.Id}", null);
    }

    private static string? FaultOf(HttpRequest request, RequestBody body)
    {
        string? urgency = request.Headers["Urgency"];
        string? topic = request.Headers["Topic"];
        return Ttl(request) is null ? "TTL is missing, or not a number of seconds."
            : urgency is not null && !s_urgencies.Contains(urgency) ? "Urgency is very-low, low, normal or high."
            : topic is not null && !TopicForm().IsMatch(topic) ? "A Topic has 1 to 32 characters of base64url."
            : body.Bytes.Length > 0 && request.Headers.ContentEncoding != Sealed ? $"A message is sealed by Content-Encoding {Sealed}."
            : null;
    }

    private static IResult? Refusal(HttpResponse response, PushHabit habit)
    {
        if (habit is PushHabit.Busy or PushHabit.Down) { response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture); }
        return habit switch
        {
            PushHabit.Refuse => LocalGate.Refuse(403, "Its habit is to refuse."),
            PushHabit.Busy => LocalGate.Refuse(429, "Its habit is to be busy."),
            PushHabit.Down => LocalGate.Refuse(503, "Its habit is to be down."),
            _ => null,
        };
    }

    private static int? Ttl(HttpRequest request) =>
        int.TryParse(request.Headers["TTL"], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,32}\z")]
    private static partial Regex TopicForm();
}
