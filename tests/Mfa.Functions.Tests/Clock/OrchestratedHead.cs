using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Mfa.Local;
using Mfa.Web;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Client.Grpc;
using Microsoft.DurableTask.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mfa.Functions.Tests;

/// <summary>
/// A head on real storage with a telephone network of its own, whose clock is the Azure head's: its client, orchestration and
/// activity on Durable's in-process host, by gRPC and the worker that the Functions worker uses too. Its own clock is off.
/// </summary>
/// <remarks>
/// The in-process host is not Azure Storage. It keeps nothing, no other instance can take over from it, its timers are exact where
/// those of a queue count whole seconds, and it takes starts and events that Azure Storage refuses: <see cref="HostAnswers"/>.
/// </remarks>
internal sealed class OrchestratedHead : IAsyncDisposable
{
    // Not named where it is registered: Durable's analyzers fall over the code of another project.
    private static readonly Func<TaskOrchestrationContext, DateTimeOffset, Task> s_orchestration = VerificationClock.RunAsync;

    private readonly DurableTaskTestHost _host;
    private readonly GrpcChannel _channel;
    private readonly LocalHead _head;
    private readonly HttpClient _user;
    private readonly HttpClient _phones;
    private readonly ConcurrentQueue<(string Id, DateTimeOffset At)> _looks;

    private OrchestratedHead(DurableTaskTestHost host, GrpcChannel channel, LocalHead head, DurableClock clock, HttpClient user, ConcurrentQueue<(string Id, DateTimeOffset At)> looks)
    {
        (_host, _channel, _head, Clock, _user, _looks) = (host, channel, head, clock, user, looks);
        _phones = new() { BaseAddress = head.PhonesUrl };
    }

    /// <summary>A Dutch mobile number.</summary>
    public static string Number => "+31612345678";

    public DurableClock Clock { get; }

    public DurableTaskClient Client => _host.Client;

    public static async Task<OrchestratedHead> StartAsync(Storage storage, params (string Name, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Local:Url"] = "http://127.0.0.1:0",
            ["Local:DataPath"] = storage.Keys,
            ["Local:ClockRuns"] = "false",
            ["Storage:ConnectionString"] = storage.ConnectionString,
            ["Storage:TablePrefix"] = "t" + Guid.NewGuid().ToString("N")[..12],
            ["VirtualPhone:Url"] = "http://127.0.0.1:0",
            ["VirtualPhone:SpeakFor"] = "00:00:00.050",
            ["VirtualPhone:KeyPace"] = "00:00:00.020",
            ["Policy:Lifetime"] = "00:01:30",
            ["Policy:CallRetryAfter"] = "00:00:02",
            ["Policy:CallNeeds"] = "00:00:01",
            ["Policy:CallGrace"] = "00:00:02",
            ["Policy:GoodbyeTakes"] = "00:00:01",
        };
        foreach (var (name, value) in more)
        {
            settings[name] = value;
        }

        var clock = new DurableClock(TimeProvider.System);
        var looks = new ConcurrentQueue<(string Id, DateTimeOffset At)>();
        var head = await LocalHead.StartAsync([], settings, logging: logging => logging.ClearProviders(), services: services => services.AddSingleton<IVerificationClock>(clock));
        // The in-process host's own web server takes its log from no options.
        Environment.SetEnvironmentVariable("Logging__Console__LogLevel__Default", "None");
        var port = FreePorts.Take(1);
        DurableTaskClient? client = null;
        var host = await DurableTaskTestHost.StartAsync(tasks =>
        {
            tasks.AddOrchestratorFunc(nameof(VerificationClock), s_orchestration);
            tasks.AddActivityFunc<LookAt, Look>(nameof(VerificationLook), async (_, at) =>
            {
                looks.Enqueue((at.VerificationId, DateTimeOffset.UtcNow));
                return await LookOf(head, clock).RunAsync(at, client!, CancellationToken.None);
            });
        }, new() { Port = port, LoggerFactory = NullLoggerFactory.Instance });
        var channel = GrpcChannel.ForAddress($"http://localhost:{port}");
        client = new GrpcDurableTaskClient("clock", new() { CallInvoker = channel.Intercept(new HostAnswers(() => host.Client)) }, NullLogger.Instance);
        clock.Use(client);
        var user = new HttpClient { BaseAddress = head.Url };
        var token = (await user.GetFromJsonAsync<JsonNode>("/dev/token?user=alice&tenant=contoso&sid=session"))!["access_token"]!.ToString();
        user.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new(host, channel, head, clock, user, looks);
    }

    /// <summary>Opens an enrollment of the phone and presses Contact me.</summary>
    /// <returns>The ids of the enrollment and of its verification.</returns>
    public async Task<(string Enrollment, string Verification)> ContactAsync(string delivery)
    {
        var body = new JsonObject { ["method"] = "authenticationPhone", ["region"] = "NL", ["number"] = Number, ["delivery"] = delivery };
        var id = (await PostAsync(_user, "/api/v1/me/enrollments", body))!["id"]!.ToString();
        await PostAsync(_user, $"/api/v1/me/enrollments/{id}/contact", []);
        return (id, id + "-1");
    }

    /// <summary>The enrollment as its page shows it. Reading does what is due: only for when the clock has ended.</summary>
    public async Task<JsonNode> SeeAsync(string enrollment) => (await _user.GetFromJsonAsync<JsonNode>($"/api/v1/me/enrollments/{enrollment}"))!;

    /// <summary>What the phone shows.</summary>
    public async Task<JsonNode> PhoneAsync() => (await _phones.GetFromJsonAsync<JsonNode>($"/phones/{Number[1..]}"))!;

    /// <summary>Does something with the phone.</summary>
    public Task HandAsync(string what, JsonObject? body = null) => PostAsync(_phones, $"/phones/{Number[1..]}/{what}", body ?? []);

    public async Task HabitAsync(string calls) =>
        (await _phones.PutAsJsonAsync($"/phones/{Number[1..]}/habit", new JsonObject { ["calls"] = calls, ["texts"] = "deliver", ["events"] = "once" })).EnsureSuccessStatusCode();

    /// <summary>Waits for the end of a verification's orchestration.</summary>
    /// <returns>What it told last: where the verification stood.</returns>
    public async Task<JsonNode?> EndAsync(string verification, int seconds = 120)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        var ended = await Client.WaitForInstanceCompletionAsync(verification, getInputsAndOutputs: true, limit.Token);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
        return ended.SerializedCustomStatus is { } status ? JsonNode.Parse(status) : null;
    }

    /// <summary>A look beside the orchestration's own: what its activity finds.</summary>
    public Task<Look> LookAsync(string verification) => LookOf(_head, Clock).RunAsync(new(verification, 1), Client, CancellationToken.None);

    private static VerificationLook LookOf(LocalHead head, DurableClock clock) => new(head.Services.GetRequiredService<VerificationAdvance>(), clock, TimeProvider.System);

    /// <summary>When the orchestration looked at a verification.</summary>
    public IReadOnlyList<DateTimeOffset> Looks(string verification) => [.. _looks.Where(l => l.Id == verification).Select(l => l.At)];

    /// <summary>Looks again and again until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> so, string what, int seconds = 20)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await so())
        {
            Assert.False(limit.IsCancellationRequested, $"No {what}.");
            await Task.Delay(30, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _user.Dispose();
        _phones.Dispose();
        _channel.Dispose();
        await _host.DisposeAsync();
        await _head.DisposeAsync();
    }

    private static async Task<JsonNode?> PostAsync(HttpClient http, string path, JsonObject body)
    {
        using var answer = await http.PostAsJsonAsync(path, body);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {(int)answer.StatusCode} {text}");
        return text.Length > 0 ? JsonNode.Parse(text) : null;
    }
}
