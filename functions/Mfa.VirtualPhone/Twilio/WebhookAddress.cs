using System.Text;

namespace Mfa.VirtualPhone;

/// <summary>Where a webhook goes, as the client gave it.</summary>
/// <param name="Given">All of it.</param>
/// <param name="Text">The address without fragment, user and password, in its own letters: what is signed.</param>
/// <param name="Credentials">User and password in base64; null where it had none.</param>
internal sealed record WebhookAddress(string Given, string Text, string? Credentials, ConnectionOverrides Connection)
{
    private const int Longest = 4000;

    /// <summary>As it goes over the wire: no escape in it is changed.</summary>
    public Uri Target => Raw(Text);

    /// <summary>Null where it is no http address, or where its host has an underscore.</summary>
    public static WebhookAddress? Of(string? url)
    {
        if (url is null or { Length: > Longest } || OptionsCheck.WebAddress(url) is not { } uri || uri.Host.Contains('_', StringComparison.Ordinal)) { return null; }
        var at = url.IndexOf('#', StringComparison.Ordinal);
        var (text, fragment) = at < 0 ? (url, "") : (url[..at], url[at..]);
        var start = text.IndexOf("//", StringComparison.Ordinal) + 2;
        var slash = text.AsSpan(start).IndexOfAny('/', '?');
        var end = slash < 0 ? text.Length : start + slash;
        var authority = text[start..end];
        var rest = text[end..];
        if (!rest.StartsWith('/')) { rest = "/" + rest; }
        var user = authority.LastIndexOf('@');
        var credentials = user < 0 ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(authority[..user])));
        return new(url, $"{text[..start]}{authority[(user + 1)..]}{rest}", credentials, ConnectionOverrides.Of(fragment));
    }

    /// <summary>An address that a document at this one wrote; null where it is none.</summary>
    public WebhookAddress? Resolve(string url) =>
        url.Length == 0 ? this
        : OptionsCheck.WebAddress(url) is not null ? Of(url)
        : Uri.TryCreate(new Uri(Given), url, out var whole) ? Of(whole.OriginalString)
        : null;

    /// <summary>With fields in its query.</summary>
    public WebhookAddress With(string query) => this with { Text = Text + (Text.Contains('?', StringComparison.Ordinal) ? "&" : "?") + query };

    private static Uri Raw(string text) => new(text, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
}
