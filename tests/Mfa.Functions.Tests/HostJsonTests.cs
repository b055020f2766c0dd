using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Mfa.Functions.Tests;

/// <summary>host.json, value by value where a wrong one would hurt.</summary>
public sealed class HostJsonTests
{
    private static readonly JsonNode s_host = JsonNode.Parse(Files.Read("Root", "host.json"))!;

    private static JsonNode Durable => s_host["extensions"]!["durableTask"]!;

    [Fact]
    public void Routes_begin_at_the_root() => Assert.Equal("", s_host["extensions"]!["http"]!["routePrefix"]!.ToString());

    [Fact]
    public void Orchestrations_are_not_kept_in_memory() => Assert.False((bool)Durable["extendedSessionsEnabled"]!);

    [Fact]
    public void Inputs_and_outputs_are_not_traced() => Assert.False((bool)Durable["tracing"]!["traceInputsAndOutputs"]!);

    // The alerts read our warnings. Of what the host itself says, two lines for each execution would be most of the log's price;
    // and Durable says more with each version, with ids, under the names of the clock's functions.
    [Fact]
    public void Of_every_function_warnings_are_logged_and_of_the_purge_a_line_more() => Assert.All(
        JsonNode.Parse(Files.Read("functions.metadata"))!.AsArray().Select(f => f!["name"]!.ToString()),
        name => Assert.Equal(name == "Purge" ? LogLevel.Information : LogLevel.Warning, LowestOf($"Function.{name}.User")));

    [Theory]
    [InlineData("Function.ContactEnrollment")]
    [InlineData("Function.VerificationClock")]
    [InlineData("Host.Triggers.DurableTask")]
    public void Of_the_host_nothing_below_a_warning_is_logged(string category) => Assert.Equal(LogLevel.Warning, LowestOf(category));

    [Fact]
    public void No_line_that_an_alert_counts_is_left_to_chance() =>
        Assert.Contains("Trace", s_host["logging"]!["applicationInsights"]!["samplingSettings"]!["excludedTypes"]!.ToString().Split(';'));

    [Theory]
    [InlineData("maxQueuePollingInterval", 1)]
    [InlineData("workItemQueueVisibilityTimeout", 60)]
    [InlineData("controlQueueVisibilityTimeout", 60)]
    public void The_clock_is_late_by_no_more_than(string name, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), TimeSpan.Parse(Durable["storageProvider"]![name]!.ToString(), CultureInfo.InvariantCulture));

    private static LogLevel LowestOf(string category)
    {
        var settings = new ConfigurationBuilder().AddJsonFile(Files.Path("Root", "host.json")).Build();
        using var factory = LoggerFactory.Create(logging => logging.AddConfiguration(settings.GetSection("logging")).AddConsole());
        var log = factory.CreateLogger(category);
        return Enum.GetValues<LogLevel>().First(log.IsEnabled);
    }
}
