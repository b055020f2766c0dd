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
    [Theory]
    [InlineData("Function.ContactEnrollment.User", LogLevel.Warning)]
    [InlineData("Function.CallEvents.User", LogLevel.Warning)]
    [InlineData("Function.VerificationLook.User", LogLevel.Warning)]
    [InlineData("Function.VerificationClock.User", LogLevel.Warning)]
    [InlineData("Function.Purge.User", LogLevel.Information)]
    [InlineData("Function.ContactEnrollment", LogLevel.Warning)]
    [InlineData("Host.Triggers.DurableTask", LogLevel.Warning)]
    public void What_is_logged_begins_at(string category, LogLevel level)
    {
        var settings = new ConfigurationBuilder().AddJsonFile(Files.Path("Root", "host.json")).Build();
        using var factory = LoggerFactory.Create(logging => logging.AddConfiguration(settings.GetSection("logging")).AddConsole());
        var log = factory.CreateLogger(category);
        Assert.True(log.IsEnabled(level));
        Assert.False(log.IsEnabled(level - 1));
    }

    [Fact]
    public void No_line_that_an_alert_counts_is_left_to_chance() =>
        Assert.Contains("Trace", s_host["logging"]!["applicationInsights"]!["samplingSettings"]!["excludedTypes"]!.ToString().Split(';'));

    [Theory]
    [InlineData("maxQueuePollingInterval", 1)]
    [InlineData("workItemQueueVisibilityTimeout", 60)]
    [InlineData("controlQueueVisibilityTimeout", 60)]
    public void The_clock_is_late_by_no_more_than(string name, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), TimeSpan.Parse(Durable["storageProvider"]![name]!.ToString(), CultureInfo.InvariantCulture));
}
