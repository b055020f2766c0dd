namespace Mfa.VirtualPhone;

/// <summary>A request that Twilio makes of its client's server: a status callback, or one whose answer is TwiML.</summary>
/// <param name="OfCall">Of a call: the signed address has no port where it is https.</param>
internal sealed record Webhook(WebhookAddress To, HttpMethod Method, IReadOnlyList<KeyValuePair<string, string>> Form, bool OfCall)
{
    /// <summary>The same for each attempt.</summary>
    public string IdempotencyToken { get; } = Guid.NewGuid().ToString();

    public HttpRequestMessage Request(string token)
    {
        var get = Method == HttpMethod.Get;
        var to = get ? To.With(string.Join('&', Form.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"))) : To;
        var request = new HttpRequestMessage(Method, to.Target) { Content = get ? null : new FormUrlEncodedContent(Form) };
        request.Headers.Add("X-Twilio-Signature", TwilioSignature.Of(token, SignedAddress(to), get ? [] : Form));
        request.Headers.Add("I-Twilio-Idempotency-Token", IdempotencyToken);
        request.Headers.UserAgent.Add(new("TwilioProxy", "1.1"));
        if (To.Credentials is { } credentials) { request.Headers.Authorization = new("Basic", credentials); }
        return request;
    }

    private string SignedAddress(WebhookAddress to)
    {
        if (!OfCall || to.Target.Scheme != "https") { return to.Text; }
        var start = to.Text.IndexOf("//", StringComparison.Ordinal) + 2;
        var end = to.Text.IndexOf('/', start);
        var port = to.Text.LastIndexOf(':', end - 1, end - start);
        return port < 0 || to.Text.IndexOf(']', port, end - port) >= 0 ? to.Text : to.Text[..port] + to.Text[end..];
    }
}

/// <param name="Type">The media type of the body.</param>
internal sealed record WebhookAnswer(int Status, string? Type, string Body)
{
    public bool IsGood => Status is >= 200 and < 300;
}
