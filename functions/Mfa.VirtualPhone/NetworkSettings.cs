using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Mfa.VirtualPhone;

/// <summary>Reads the settings, and refuses wrong ones all at once.</summary>
internal static class NetworkSettings
{
    public static VirtualPhoneOptions Read(string[] args, Action<VirtualPhoneOptions>? configure)
    {
        var section = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build().GetSection(VirtualPhoneOptions.Section);
        var options = new VirtualPhoneOptions();
        // The binder adds to a list; numbers that are given stand instead of the default.
        if (section.GetSection(nameof(options.Numbers)).GetChildren().Any()) { options.Numbers = []; }
        if (section.GetSection(nameof(options.TwilioNumbers)).GetChildren().Any()) { options.TwilioNumbers = []; }
        Bind(section, options);
        configure?.Invoke(options);

        if (OptionsCheck.Faults(options) is { Count: > 0 } faults)
        {
            throw new OptionsValidationException(VirtualPhoneOptions.Section, typeof(VirtualPhoneOptions), faults);
        }

        if (options.AccessKey.Length == 0) { options.AccessKey = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)); }
        if (options.TwilioAuthToken.Length == 0) { options.TwilioAuthToken = RandomNumberGenerator.GetHexString(32, lowercase: true); }
        return options;
    }

    private static void Bind(IConfigurationSection section, VirtualPhoneOptions options)
    {
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException fault)
        {
            throw new OptionsValidationException(VirtualPhoneOptions.Section, typeof(VirtualPhoneOptions), [fault.Message]);
        }
    }
}
