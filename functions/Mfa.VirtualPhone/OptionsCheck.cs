using System.Net;

namespace Mfa.VirtualPhone;

/// <summary>Reads the settings and finds what is wrong with them.</summary>
internal static class OptionsCheck
{
    public static IReadOnlyList<string> Faults(VirtualPhoneOptions options)
    {
        var faults = new List<string>();
        void Need(bool good, string setting, string rule)
        {
            if (!good) { faults.Add($"{VirtualPhoneOptions.Section}:{setting} {rule}"); }
        }

        Need(ListensOn(options.Url) is not null, nameof(options.Url), "must be http://, a loopback address and a port, such as http://127.0.0.1:7072.");
        Need(options.AccessKey.Length == 0 || Convert.TryFromBase64String(options.AccessKey, new byte[options.AccessKey.Length], out _),
            nameof(options.AccessKey), "must be base64.");
        Need(!string.IsNullOrWhiteSpace(options.ResourceId), nameof(options.ResourceId), "must be set.");
        Need(!string.IsNullOrWhiteSpace(options.Issuer), nameof(options.Issuer), "must be set.");
        Need(options.Numbers.Count > 0 && options.Numbers.All(n => PhoneNumber.TryParse(n, out _)), nameof(options.Numbers),
            "must be one or more numbers in E.164, such as +18005550100.");
        Need(options.TextEventsUrl.Length == 0 || WebAddress(options.TextEventsUrl) is not null, nameof(options.TextEventsUrl), "must be an http or https URL.");
        Need(options.TextEventsSecret.Length == 0 || options.TextEventsHeader.Length > 0, nameof(options.TextEventsHeader), "must be set where a secret is.");
        Need(options.CallsPerNumber >= 1, nameof(options.CallsPerNumber), "must be at least 1.");
        Need(options.CallsPerSender >= 0, nameof(options.CallsPerSender), "can't be negative.");

        Need(Sid.Is("AC", options.TwilioAccountSid), nameof(options.TwilioAccountSid), "must be AC and 32 hexadecimal digits.");
        Need(Sid.Is("MG", options.TwilioMessagingService), nameof(options.TwilioMessagingService), "must be MG and 32 hexadecimal digits.");
        Need(options.TwilioApiKey.Length == 0 || Sid.Is("SK", options.TwilioApiKey), nameof(options.TwilioApiKey), "must be SK and 32 hexadecimal digits.");
        Need(options.TwilioApiKey.Length == 0 || options.TwilioApiSecret.Length > 0, nameof(options.TwilioApiSecret), "must be set where a key is.");
        Need(options.TwilioNumbers.Count > 0 && options.TwilioNumbers.All(n => PhoneNumber.TryParse(n, out _)), nameof(options.TwilioNumbers),
            "must be one or more numbers in E.164, such as +18005550199.");
        Need(options.TwilioTextsUrl.Length == 0 || WebhookAddress.Of(options.TwilioTextsUrl) is not null, nameof(options.TwilioTextsUrl), "must be an http or https URL.");
        Need(options.TwilioRequestsPerSecond >= 0, nameof(options.TwilioRequestsPerSecond), "can't be negative.");

        foreach (var property in typeof(VirtualPhoneOptions).GetProperties())
        {
            if (property.GetValue(options) is TimeSpan time)
            {
                Need(time >= TimeSpan.Zero && time <= TimeSpan.FromDays(1), property.Name, "must be between zero and a day.");
            }
        }

        return faults;
    }

    /// <summary>The address to listen on, or null where <paramref name="url"/> is not one.</summary>
    public static IPEndPoint? ListensOn(string url)
    {
        if (WebAddress(url) is not { Scheme: "http", AbsolutePath: "/" } uri || !uri.IsLoopback) { return null; }
        var address = IPAddress.TryParse(uri.DnsSafeHost, out var given) ? given : IPAddress.Loopback;
        return new IPEndPoint(address, uri.Port);
    }

    public static Uri? WebAddress(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : null;
}
