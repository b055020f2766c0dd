using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Mfa.Local;
using Mfa.VirtualPhone;
using Mfa.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Mfa.Contract;

/// <summary>A laptop: storage, a telephone network, wires that can be tapped, and as many heads as a test wants.</summary>
public sealed partial class Laptop : IAsyncDisposable
{
    /// <summary>The number that texts and calls come from, by whichever wire.</summary>
    public const string Sender = "+18005550100";

    /// <summary>The number of the carrier that takes over, where there is one.</summary>
    public const string OtherSender = "+18005550101";

    private static readonly string s_keys = Directory.CreateTempSubdirectory("mfa-keys-").FullName;

    private readonly List<IAsyncDisposable> _parts = [];
    private readonly Dictionary<string, string?> _settings = [];
    private WebApplication? _network;
    private LocalHead? _head;
    private VirtualPhoneOptions? _options;

    /// <summary>Between the heads and their tables.</summary>
    public Tap Tables { get; private set; } = null!;

    /// <summary>Between the heads and their clock's queue.</summary>
    public Tap Queues { get; private set; } = null!;

    /// <summary>Between the heads and the carrier.</summary>
    public Tap Carrier { get; private set; } = null!;

    /// <summary>The network's own address, past the tap.</summary>
    public string Network { get; private set; } = "";

    /// <summary>Where people take the first step, when the heads are other than the laptop's; null where each head is its own issuer.</summary>
    public string? Issuer { get; private set; }

    /// <summary>The first head's address.</summary>
    public string Url { get; private set; } = "";

    /// <summary>The first head, for tests that look inside; they are skipped where it is a process of its own.</summary>
    public LocalHead Head
    {
        get
        {
            Assert.SkipWhen(_head is null, "The inside of a head that is a process of its own can't be seen.");
            return _head!;
        }
    }

    public IReadOnlyDictionary<string, string?> Settings => _settings;

    /// <summary>A laptop with one head, in this process; another head than the laptop's is a process of its own.</summary>
    /// <param name="storage">The run's storage.</param>
    /// <param name="settings">More settings.</param>
    /// <param name="time">The heads' time.</param>
    /// <param name="configure">Changes the network.</param>
    public static async Task<Laptop> StartAsync(Storage storage, Dictionary<string, string?>? settings = null, TimeProvider? time = null, Action<VirtualPhoneOptions>? configure = null)
    {
        var laptop = await WithoutHeadAsync(storage, settings, configure);
        if (HeadProcess.IsLaptop)
        {
            laptop._head = await laptop.AddHeadAsync(time);
            laptop.Url = laptop._head.Url.ToString().TrimEnd('/');
        }
        else
        {
            Assert.SkipWhen(time is not null, "The time of a head that is a process of its own can't be moved.");
            laptop.Url = (await laptop.Keep(new HeadProcess(laptop.Settings)).StartAsync()).Url;
        }

        laptop.SendTextEventsTo(laptop.Url);
        return laptop;
    }

    /// <summary>A laptop whose heads are processes of their own.</summary>
    public static async Task<Laptop> WithoutHeadAsync(Storage storage, Dictionary<string, string?>? settings = null, Action<VirtualPhoneOptions>? configure = null)
    {
        var laptop = new Laptop();
        laptop.Tables = laptop.Keep(await Tap.StartAsync(storage.Tables));
        laptop.Queues = laptop.Keep(await Tap.StartAsync(storage.Queues));
        await laptop.StartNetworkAsync(options =>
        {
            // The number of whoever is asked first is the same by either wire.
            var byTwilio = settings?.GetValueOrDefault("Carrier:Kind") == "twilio";
            (options.Numbers, options.TwilioNumbers) = ([byTwilio ? OtherSender : Sender], [byTwilio ? Sender : OtherSender]);
            configure?.Invoke(options);
        });
        laptop.Carrier = laptop.Keep(await Tap.StartAsync(laptop.Network));
        await laptop.SetAsync(settings ?? []);
        if (!HeadProcess.IsLaptop)
        {
            await laptop.FitForOtherHeadAsync(storage);
        }

        return laptop;
    }

    // A head on Azure has no issuer and no key file, and a host with a task hub of its own, whose queues are its clock's.
    private async Task FitForOtherHeadAsync(Storage storage)
    {
        var issuer = await AddHeadAsync(settings: new() { ["Storage:TablePrefix"] = "i" + _settings["Storage:TablePrefix"], ["Local:ClockRuns"] = "false" });
        Issuer = issuer.Url.ToString().TrimEnd('/');
        foreach (var (name, value) in issuer.Services.GetRequiredService<IConfiguration>().AsEnumerable()
            .Where(s => s.Value is not null && s.Key.Split(':')[0] is "KeyRing" or "Assertion"))
        {
            _settings[name] = value;
        }

        _settings["Auth:Authority"] = Issuer + "/dev";
        _settings["Auth:RequireHttps"] = "false";
        _settings.TryAdd("Auth:Audience", "api://mfa");
        _settings.TryAdd("Service:Name", "Contoso");
        _settings.TryAdd("Policy:AllowedRegions", "*");
        _settings["AzureWebJobsStorage"] = Storage.Connection(storage.Tables, Queues.Url) + $"BlobEndpoint={storage.Blobs}/devstoreaccount1;";
        _settings["AzureFunctionsJobHost:extensions:durableTask:hubName"] = "h" + _settings["Storage:TablePrefix"];
    }

    /// <summary>Another head on the same storage and network.</summary>
    public async Task<LocalHead> AddHeadAsync(TimeProvider? time = null, Dictionary<string, string?>? settings = null, Action<IServiceCollection>? services = null) =>
        Keep(await LocalHead.StartAsync([], new Dictionary<string, string?>(_settings.Concat(settings ?? []).GroupBy(s => s.Key).Select(g => g.Last())), time, logging => logging.ClearProviders().AddProvider(new Seen()).SetMinimumLevel(LogLevel.Information), RealCarrierTime + services));

    // The network lives in real time, and refuses a request that is dated elsewhere.
    private void RealCarrierTime(IServiceCollection services)
    {
        Assert.True(NetworkConnection.TryParse(_settings["Carrier:ConnectionString"]!, out var connection));
        services.AddSingleton(s => LaptopCarriers.Of(s.GetRequiredService<CarrierSettings>(), s.GetRequiredService<ServiceSettings>(), connection, TimeProvider.System, s.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IPushCarrier>(s => new WebPush(s.GetRequiredService<PushSettings>(), s.GetRequiredService<PublicNetwork>(), TimeProvider.System, NullLogger<WebPush>.Instance));
    }

    public async Task<Person> SignInAsync(string? user = null)
    {
        using var person = await Person.SignInAsync(Issuer ?? Url, user);
        return person.At(Url);
    }

    /// <summary>A program that asks for second steps; the shop, where nothing else is said.</summary>
    public async Task<RelyingParty> RelyingPartyAsync(string client = "shop", string tenant = "contoso", params string[] roles)
    {
        using var party = await RelyingParty.SignInAsync(Issuer ?? Url, client, tenant, null, roles);
        return party.At(Url);
    }

    /// <summary>Somebody new before a head of its own process.</summary>
    public async Task<Person> SignInAsync(HeadProcess head)
    {
        using var person = await Person.SignInAsync(Issuer ?? head.Url);
        return person.At(head.Url);
    }

    /// <summary>
    /// Until nothing is left to do of an enrollment: what it took of a number that need not be kept is given back. Its user looks at it
    /// meanwhile: what a process was cut short in, whoever looks next does.
    /// </summary>
    public Task RestsAsync(Person user, string id) => Handset.UntilAsync(
        async () =>
        {
            await user.SeeAsync(id);
            return await CrashRun.RestAsync(this, id);
        },
        rest => rest.WakeAt is null,
        "rest");

    public Handset NewPhone() => Keep(new Handset(Network, Handset.NewNumber()));

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Enumerable.Reverse(_parts))
        {
            await part.DisposeAsync();
        }
    }

    private async Task StartNetworkAsync(Action<VirtualPhoneOptions>? configure)
    {
        _network = VirtualPhoneNetwork.Build([], o =>
        {
            _options = o;
            o.Url = "http://127.0.0.1:0";
            o.TextEventsSecret = Seen.Secret("text-events-" + Convert.ToHexString(RandomNumberGenerator.GetBytes(8)));
            o.SpeakFor = TimeSpan.FromMilliseconds(50);
            o.KeyPace = TimeSpan.FromMilliseconds(20);
            o.AnswerDelay = TimeSpan.FromMilliseconds(20);
            o.NoAnswerAfter = TimeSpan.FromMilliseconds(200);
            o.EventRetry = TimeSpan.FromMilliseconds(100);
            configure?.Invoke(o);
        });
        await _network.StartAsync();
        Keep(_network);
        Network = _network.Urls.First();
    }

    private async Task SetAsync(Dictionary<string, string?> more)
    {
        using var http = new HttpClient();
        var connection = (await http.GetFromJsonAsync<JsonNode>(Network + "/connection"))!;
        var key = connection["connectionString"]!.ToString().Split("accesskey=")[1];
        var run = Guid.NewGuid().ToString("N")[..12];
        var settings = new Dictionary<string, string?>
        {
            ["Local:Url"] = "http://127.0.0.1:0",
            ["Local:DataPath"] = s_keys,
            ["Local:Queue"] = "clock-" + run,
            ["Storage:ConnectionString"] = Storage.Connection(Tables.Url, Queues.Url),
            ["Storage:TablePrefix"] = "t" + run,
            ["Carrier:ConnectionString"] = $"endpoint={Carrier.Url}/;accesskey={Seen.Secret(key)}",
            ["Carrier:From"] = _options!.Numbers[0],
            ["Carrier:CallbackIssuer"] = connection["issuer"]!.ToString(),
            ["Carrier:CallbackAudience"] = connection["resourceId"]!.ToString(),
            ["Carrier:CallbackOpenId"] = connection["openIdConfiguration"]!.ToString(),
            ["Carrier:RequireHttps"] = "false",
            ["Carrier:TextEventsSecrets"] = _options.TextEventsSecret,
            ["Twilio:AccountSid"] = _options.TwilioAccountSid,
            ["Twilio:AuthTokens"] = Seen.Secret(_options.TwilioAuthToken),
            ["Twilio:From"] = _options.TwilioNumbers[0],
            ["Twilio:Endpoint"] = Carrier.Url,
            // Tests count requests, and have many.
            ["Service:BlindBeat"] = "00:00:00.001",
        };
        foreach (var (name, value) in settings.Concat(more).Concat([]))
        {
            _settings[name] = value;
        }
    }

    private T Keep<T>(T part)
    {
        if (part is IAsyncDisposable asynchronous)
        {
            _parts.Add(asynchronous);
        }

        return part;
    }
}
