using Mfa.VirtualPhone;
using Mfa.Web;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;

namespace Mfa.Local;

/// <summary>
/// The settings of a laptop. Below everything that is set (environment, arguments, a test's own) stand the key file and, at the
/// bottom, what a laptop has by default.
/// </summary>
public static class HeadConfiguration
{
    private const string Issuer = "Service:Issuer";

    /// <summary>The secret of the demo's OpenID Connect program.</summary>
    public const string DemoSecret = "a-secret-of-the-laptops-demo-program";

    /// <summary>Completes what is set, and finds all faults of it before anything is started.</summary>
    /// <exception cref="SettingsException">With every fault.</exception>
    /// <exception cref="StartException">The key file can't be made or read.</exception>
    public static LocalSettings Read(ConfigurationManager configuration)
    {
        var reader = new SettingsReader(configuration);
        var local = LocalSettings.Read(reader);
        AddKeys(configuration, local.DataPath);
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults(local, local.Url, configuration[Issuer]) });
        var settings = MfaSettings.Read(reader);
        if (settings.Carrier.Has(CarrierKind.Acs) && local is { IsNetworkGiven: true, Network: null })
        {
            reader.Fault("Carrier:ConnectionString", "is missing: beside a Twilio that is given no telephone network is started here");
        }

        reader.ThrowOnFaults();
        return local;
    }

    /// <summary>Puts in what is only known once ports are taken.</summary>
    /// <param name="configuration">The settings, completed.</param>
    /// <param name="local">The laptop's own.</param>
    /// <param name="head">Where we listen.</param>
    /// <param name="network">Our own telephone network.</param>
    public static void Settle(ConfigurationManager configuration, LocalSettings local, Uri head, OwnNetwork? network)
    {
        var defaults = Defaults(local, head, configuration[Issuer]);
        foreach (var (name, value) in network?.Settings() ?? [])
        {
            defaults[name] = value;
        }

        configuration.Sources[0] = new MemoryConfigurationSource { InitialData = defaults };
    }

    private static Dictionary<string, string?> Defaults(LocalSettings local, Uri head, string? issuer)
    {
        var url = head.ToString().TrimEnd('/');
        var network = local.Network?.Endpoint ?? new Uri(new VirtualPhoneOptions().Url);
        var defaults = new Dictionary<string, string?>(OwnNetwork.Settings(new(), network.ToString().TrimEnd('/')))
        {
            ["Service:PublicUrl"] = url,
            ["Service:Name"] = "Contoso",
            ["Auth:Authority"] = $"{url}/dev",
            ["Auth:Audience"] = "api://mfa",
            ["Auth:RequireHttps"] = "false",
            ["Pages:ClientId"] = "mfa-pages",
            ["Pages:Scope"] = "openid",
            // Of the desk, by whichever name of this machine.
            ["Pages:FrameOrigins"] = "'self'",
            ["Policy:AllowedRegions"] = "*",
            ["Push:Subject"] = "mailto:laptop@contoso.example",
            ["Push:AllowLoopback"] = "true",
            ["Policy:UnknownUsersPass"] = "true",
            // Where docs/samples/RelyingParty is, and the desk's shop.
            ["Clients:shop:ReturnTo:0"] = "http://localhost:5000/second-step",
            ["Clients:shop:ReturnTo:1"] = "http://127.0.0.1:5000/second-step",
            ["Clients:shop:ReturnTo:2"] = $"{url}/dev/back",
            ["Storage:ConnectionString"] = new AzuritePorts(local.AzuritePort).ConnectionString,
        };
        if (!local.IsNetworkGiven)
        {
            foreach (var (name, value) in OwnNetwork.TwilioSettings(new(), network.ToString().TrimEnd('/')))
            {
                defaults[name] = value;
            }
        }

        if (issuer is null || issuer == url)
        {
            // Where docs/samples/OpenIdProgram is; of this machine alone, so its secret is none. Programs look for what they need below the issuer, which is us.
            defaults["Clients:program:Name"] = "Demo program";
            defaults["Clients:program:Tenant"] = DevCaller.DemoTenant;
            defaults["Clients:program:Secret"] = DemoSecret;
            defaults["Clients:program:RedirectUris:0"] = "http://localhost:5002/signin-oidc";
            defaults["Clients:program:RedirectUris:1"] = "http://127.0.0.1:5002/signin-oidc";
            defaults["Clients:program:Api"] = "true";
            defaults["Clients:program:Ciba"] = "true";
            defaults["Clients:program:Hint"] = "id";
        }

        return defaults;
    }

    private static void AddKeys(ConfigurationManager configuration, string folder)
    {
        try
        {
            foreach (var path in new[] { KeyFile.Ensure(folder), KeyFile.EnsurePush(folder) })
            {
                var keys = new JsonConfigurationSource { Path = path, Optional = false };
                keys.ResolveFileProvider();
                configuration.Sources.Insert(0, keys);
            }
        }
        catch (InvalidDataException e)
        {
            throw new StartException($"The key file in {Path.GetFullPath(folder)} can't be read. What it sealed is lost without it: mend it, or remove it together with the storage.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The key file in {Path.GetFullPath(folder)} can't be made or read: {e.Message} Local__DataPath names another folder.", e);
        }
    }
}
