using System.Net;
using Azure.Storage.Queues;
using Mfa.Web;

namespace Mfa.Local;

/// <summary>The settings that only a laptop has.</summary>
/// <param name="Url">Where the head listens: http on a loopback address; port 0 for any free one.</param>
/// <param name="DataPath">The folder of the key file.</param>
/// <param name="AzuritePath">The folder of an Azurite of our own.</param>
/// <param name="AzuritePort">The first of Azurite's three ports.</param>
/// <param name="Queue">The queue of the clock.</param>
/// <param name="ClockRuns">Whether this head's clock looks at verifications; a test that holds the time does so itself.</param>
/// <param name="Pace">How fast it looks.</param>
/// <param name="TokenLifetime">How long a token of the development issuer is good.</param>
/// <param name="HasStorage">Whether storage is given, and none is started.</param>
/// <param name="Network">The telephone network that is given, as Azure Communication Services; null for none.</param>
/// <param name="Twilio">Twilio, or a telephone network that speaks its protocol, where that is given; null for none.</param>
public sealed record LocalSettings(
    Uri Url, string DataPath, string AzuritePath, int AzuritePort, string Queue, bool ClockRuns, ClockPace Pace, TimeSpan TokenLifetime, bool HasStorage, NetworkConnection? Network, Uri? Twilio)
{
    /// <summary>Whether a telephone network is given, and none is hosted.</summary>
    public bool IsNetworkGiven => Network is not null || Twilio is not null;

    /// <summary>Where the phones of a network that is given are; null where a carrier is given that calls real ones.</summary>
    public Uri? Phones => Network?.Endpoint ?? (Twilio is { IsLoopback: true } ? Twilio : null);

    private static readonly Uri s_otherwise = new("http://127.0.0.1:7071/");

    public static LocalSettings Read(SettingsReader reader) => new(
        ReadUrl(reader),
        reader.Optional("Local:DataPath") ?? ".local",
        reader.Optional("Local:AzuritePath") ?? ".azurite",
        ReadPort(reader),
        ReadQueue(reader),
        reader.Flag("Local:ClockRuns", true),
        ClockPace.Read(reader),
        reader.Duration("Local:TokenLifetime", TimeSpan.FromHours(1)),
        ReadStorage(reader),
        ReadNetwork(reader),
        ReadTwilio(reader));

    /// <summary>The address that a loopback URL listens on.</summary>
    public static IPAddress AddressOf(Uri url) => IPAddress.TryParse(url.DnsSafeHost, out var address) ? address : IPAddress.Loopback;

    private static Uri ReadUrl(SettingsReader reader)
    {
        const string name = "Local:Url";
        if (reader.Optional(name) is not { } text)
        {
            return s_otherwise;
        }

        // Its issuer believes everyone, so nobody else may reach it.
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http", AbsolutePath: "/", IsLoopback: true })
        {
            return url;
        }

        reader.Fault(name, "is not http://, a loopback address and a port, such as http://127.0.0.1:7071");
        return s_otherwise;
    }

    private static int ReadPort(SettingsReader reader)
    {
        const string name = "Local:AzuritePort";
        var port = reader.Count(name, 10000);
        if (port > IPEndPoint.MaxPort - 2)
        {
            reader.Fault(name, "leaves no room for three ports");
        }

        return port;
    }

    // https://learn.microsoft.com/rest/api/storageservices/naming-queues-and-metadata
    private static string ReadQueue(SettingsReader reader)
    {
        const string name = "Local:Queue";
        var queue = reader.Optional(name) ?? "mfa-clock";
        var good = queue.Length is >= 3 and <= 63 && queue.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')
            && queue[0] != '-' && queue[^1] != '-' && !queue.Contains("--", StringComparison.Ordinal);
        if (!good)
        {
            reader.Fault(name, "is not a queue's name: 3 to 63 lower-case letters, digits and single hyphens");
        }

        return queue;
    }

    private static bool ReadStorage(SettingsReader reader)
    {
        const string name = "Storage:ConnectionString";
        if (reader.Optional(name) is not { } text)
        {
            return false;
        }

        try
        {
            _ = new QueueServiceClient(text);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            reader.Fault(name, "is not an Azure Storage connection string with queues and tables");
        }

        return true;
    }

    // The telephone network makes a token of its own, and tells it to whoever is on this machine.
    private static Uri? ReadTwilio(SettingsReader reader)
    {
        const string name = "Twilio:Endpoint";
        if (reader.Optional(name) is not null)
        {
            return reader.Address(name, "");
        }

        if (reader.Optional("Twilio:AuthTokens") is not null && reader.Optional("Carrier:ConnectionString") is null)
        {
            reader.Fault(name, "is missing: with Twilio__AuthTokens it is https://api.twilio.com, or a telephone network elsewhere; without them, the laptop's own is started");
        }

        return null;
    }

    private static NetworkConnection? ReadNetwork(SettingsReader reader)
    {
        const string name = "Carrier:ConnectionString";
        NetworkConnection? network = null;
        if (reader.Optional(name) is { } text && !NetworkConnection.TryParse(text, out network))
        {
            reader.Fault(name, "is not of the form endpoint=http://…/;accesskey=… with a key in base64");
        }

        return network;
    }
}
