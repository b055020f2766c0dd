using System.Security.Cryptography;
using Mfa.Twilio;
using Mfa.VirtualPhone;
using Microsoft.Extensions.Options;

namespace Mfa.Local;

/// <summary>A telephone network in this process, which posts what happens on its phones to this head.</summary>
public sealed class OwnNetwork : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly VirtualPhoneOptions _options;

    private OwnNetwork(WebApplication app, VirtualPhoneOptions options, string url) => (_app, _options, Url) = (app, options, url);

    /// <summary>Where the phones are, without a slash at the end.</summary>
    public string Url { get; }

    /// <summary>How our carrier reaches it.</summary>
    public NetworkConnection Connection =>
        NetworkConnection.TryParse($"endpoint={Url}/;accesskey={_options.AccessKey}", out var connection) ? connection : throw new InvalidOperationException("The network has no key.");

    /// <summary>Starts it.</summary>
    /// <param name="configuration">Its settings stand in the section <c>VirtualPhone</c>.</param>
    /// <param name="head">Our own address.</param>
    /// <param name="time">Its clock.</param>
    /// <param name="cancel">Stops the start.</param>
    /// <exception cref="StartException">Its settings are wrong, or its port is taken.</exception>
    public static async Task<OwnNetwork> StartAsync(IConfiguration configuration, Uri head, TimeProvider time, CancellationToken cancel)
    {
        VirtualPhoneOptions? options = null;
        try
        {
            var app = VirtualPhoneNetwork.Build(Arguments(configuration), read =>
            {
                read.TextEventsUrl = new Uri(head, "callbacks/texts").ToString();
                read.FramedBy = head.GetLeftPart(UriPartial.Authority);
                read.TextEventsHeader = configuration["Carrier:TextEventsHeader"] ?? read.TextEventsHeader;
                read.TextEventsSecret = (configuration["Carrier:TextEventsSecrets"] ?? "").Split(',')[0].Trim();
                // As docs/twilio.md has it set at Twilio.
                read.TwilioTextsUrl = TwilioAddress.Text(new(read.TextEventsUrl)).OriginalString;
                read.TwilioAccountSid = configuration["Twilio:AccountSid"] ?? read.TwilioAccountSid;
                read.TwilioAuthToken = (configuration["Twilio:AuthTokens"] ?? "").Split(',')[0].Trim();
                options = read;
            }, time);
            await app.StartAsync(cancel);
            return new(app, options!, app.Urls.First().TrimEnd('/'));
        }
        catch (OptionsValidationException e)
        {
            throw new StartException(string.Join(' ', e.Failures), e);
        }
        catch (IOException e)
        {
            throw new StartException($"The phones can't have {options?.Url}: another program listens there. Stop it, or set VirtualPhone__Url, or another network by Carrier__ConnectionString or Twilio__Endpoint.", e);
        }
    }

    /// <summary>The settings of a head that a network of these options calls back.</summary>
    /// <param name="options">The options.</param>
    /// <param name="url">Where the network is.</param>
    public static Dictionary<string, string?> Settings(VirtualPhoneOptions options, string url) => new()
    {
        ["Carrier:From"] = options.Numbers[0],
        ["Carrier:CallbackIssuer"] = options.Issuer,
        ["Carrier:CallbackAudience"] = options.ResourceId,
        ["Carrier:CallbackOpenId"] = $"{url}/calling/.well-known/acsopenidconfiguration",
        ["Carrier:RequireHttps"] = "false",
    };

    /// <summary>The settings of a head that asks a network of these options as Twilio.</summary>
    /// <param name="options">The options.</param>
    /// <param name="url">Where the network is.</param>
    public static Dictionary<string, string?> TwilioSettings(VirtualPhoneOptions options, string url) => new()
    {
        ["Twilio:AccountSid"] = options.TwilioAccountSid,
        ["Twilio:AuthTokens"] = options.TwilioAuthToken is { Length: > 0 } token ? token : Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        ["Twilio:From"] = options.TwilioNumbers[0],
        ["Twilio:Endpoint"] = url,
    };

    /// <summary>The settings of our own head.</summary>
    public Dictionary<string, string?> Settings() => new(Settings(_options, Url).Concat(TwilioSettings(_options, Url)));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static string[] Arguments(IConfiguration configuration) =>
        [.. configuration.GetSection(VirtualPhoneOptions.Section).AsEnumerable().Where(pair => pair.Value is not null).Select(pair => $"--{pair.Key}={pair.Value}")];
}
