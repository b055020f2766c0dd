using Microsoft.AspNetCore.WebUtilities;

namespace Mfa.Web;

/// <summary>What is set for each relying party, by its client id.</summary>
/// <param name="returnTo">Where the sign-in page may send its users back.</param>
public sealed class ClientSettings(IReadOnlyDictionary<string, IReadOnlySet<string>> returnTo)
{
    /// <summary>The longest address, in characters.</summary>
    public const int ReturnToAtMost = 1024;

    // What the sign-in page adds.
    private static readonly string[] s_added = ["answer", "error", "state", "iss"];

    /// <summary>Whether the page may send a relying party's users to an address: it is set, character for character.</summary>
    public bool MayReturnTo(string client, string address) => returnTo.TryGetValue(client, out var addresses) && addresses.Contains(address);

    /// <summary>Whether anything is set for a client id.</summary>
    public bool Knows(string client) => returnTo.ContainsKey(client);

    public static ClientSettings Read(SettingsReader reader)
    {
        var clients = new Dictionary<string, IReadOnlySet<string>>(StringComparer.Ordinal);
        foreach (var (id, name) in reader.Children("Clients"))
        {
            // Not every client id can stand in a setting's name everywhere.
            var client = reader.Optional($"{name}:Id") ?? id;
            var addresses = reader.Children($"{name}:ReturnTo").Select(c => Address(reader, c.Name, s_added)).OfType<string>().ToHashSet(StringComparer.Ordinal);
            if (!clients.TryAdd(client, addresses))
            {
                reader.Fault($"{name}:Id", "is the client id of another one, too");
            }
        }

        return new(clients);
    }

    /// <summary>Reads an address that users are sent back to; null where there is none.</summary>
    /// <param name="reader">The settings.</param>
    /// <param name="name">The setting.</param>
    /// <param name="added">What is added to its query: twice in one, nobody can tell which is whose.</param>
    public static string? Address(SettingsReader reader, string name, string[] added)
    {
        if (reader.Optional(name) is not { } text)
        {
            return null;
        }

        var fault = text.Length > ReturnToAtMost ? $"is longer than {ReturnToAtMost} characters"
            : !Uri.IsWellFormedUriString(text, UriKind.Absolute) || !Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.UserInfo.Length > 0
                ? "is not an absolute http or https address"
            : text.Contains('#', StringComparison.Ordinal) ? "has a fragment"
            : uri.Scheme == "http" && !uri.IsLoopback ? "is not https, and not on this machine"
            : Array.Find(added, QueryHelpers.ParseQuery(uri.Query).ContainsKey) is { } twice ? $"has {twice} in its query, which the page adds"
            : null;
        if (fault is not null)
        {
            reader.Fault(name, fault);
        }

        return text;
    }
}
