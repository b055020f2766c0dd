namespace Mfa.Web;

/// <summary>How devices are woken.</summary>
/// <param name="Key">Who wakes; null where nobody is woken, and devices look by themselves.</param>
/// <param name="Subject">Whom a push service writes to about us: a <c>mailto:</c> or <c>https:</c> address.</param>
/// <param name="Hosts">The push services that are called.</param>
/// <param name="AllowLoopback">Whether http, and any port, is taken on this machine's own addresses: for development.</param>
public sealed record PushSettings(VapidKey? Key, string Subject, PushHosts Hosts, bool AllowLoopback)
{
    private const string KeyName = "Push:VapidKey";
    private const string SubjectName = "Push:Subject";
    private const int SubjectAtMost = 255;

    /// <summary>Prints no key.</summary>
    public override string ToString() => nameof(PushSettings);

    public static PushSettings Read(SettingsReader reader)
    {
        var (hosts, loopback) = (PushHosts.Read(reader), reader.Flag("Push:AllowLoopback", false));
        if (reader.Optional(KeyName) is null)
        {
            return new(null, "", hosts, loopback);
        }

        var key = VapidKey.Read(reader, KeyName);
        var subject = reader.Required(SubjectName, "where a push service writes to about this service: mailto:somebody@example.com, or an https address");
        if (subject.Length > 0 && !IsSubject(subject))
        {
            reader.Fault(SubjectName, $"is not a mailto: or https: address of at most {SubjectAtMost} characters");
        }

        return new(key, subject, hosts, loopback);
    }

    private static bool IsSubject(string text) =>
        text.Length <= SubjectAtMost && text.All(c => c is > ' ' and <= '~' and not ('"' or '\\' or '<' or '>')) && Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeMailto && uri is { UserInfo.Length: > 0, Host.Length: > 0 }));
}
