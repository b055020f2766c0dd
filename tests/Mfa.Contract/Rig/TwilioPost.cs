using System.Security.Cryptography;
using System.Text;

namespace Mfa.Contract;

/// <summary>What somebody posts as Twilio would: a form, and a signature of an address and of fields, which may be others than those posted.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Fields">The fields that are posted.</param>
public sealed record TwilioPost(string Path, params (string Name, string Value)[] Fields)
{
    private static readonly SocketsHttpHandler s_connections = new();

    /// <summary>The signed address, without path and query; null for the one it is posted to.</summary>
    public string? SignedHost { get; init; }

    /// <summary>The signed path and query; null for those it is posted to.</summary>
    public string? SignedPath { get; init; }

    /// <summary>The signed fields; null for those that are posted.</summary>
    public (string Name, string Value)[]? SignedFields { get; init; }

    /// <summary>The signature; null for the right one of what is signed.</summary>
    public string? Signature { get; init; }

    /// <summary>A text from a phone.</summary>
    public static TwilioPost Received(Laptop laptop, string from, string body) => new("/callbacks/texts",
        ("MessageSid", "SM" + Guid.NewGuid().ToString("N")), ("AccountSid", laptop.Settings["Twilio:AccountSid"]!), ("From", from), ("To", Laptop.Sender), ("Body", body), ("NumMedia", "0"), ("FromCity", ""));

    /// <summary>Posts it.</summary>
    /// <param name="url">The head.</param>
    /// <param name="token">The auth token; null for no signature at all.</param>
    public async Task<(int Status, string Body)> SendAsync(string url, string? token)
    {
        using var http = new HttpClient(s_connections, disposeHandler: false);
        using var request = new HttpRequestMessage(HttpMethod.Post, url + Path) { Content = new FormUrlEncodedContent(Fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        if (token is not null)
        {
            request.Headers.Add("X-Twilio-Signature", Signature ?? Sign(token, (SignedHost ?? url) + (SignedPath ?? Path), SignedFields ?? Fields));
        }

        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

#pragma warning disable CA5350 // Twilio's choice, not ours.
    private static string Sign(string token, string address, (string Name, string Value)[] fields) => Convert.ToBase64String(HMACSHA1.HashData(
        Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(address + string.Concat(fields.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Name + f.Value)))));
#pragma warning restore CA5350
}
