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

    // The alerts read these lines; the host's own two lines for each execution would be most of the log's price.
    [Theory]
    [InlineData("Function.ContactEnrollment.User", true)]
    [InlineData("Function.CallEvents.User", true)]
    [InlineData("Function.ContactEnrollment", false)]
    [InlineData("Host.Triggers.DurableTask", false)]
    public void What_the_head_says_is_logged_and_what_the_host_says_is_not(string category, bool logged)
    {
        var settings = new ConfigurationBuilder().AddJsonFile(Files.Path("Root", "host.json")).Build();
        using var factory = LoggerFactory.Create(logging => logging.AddConfiguration(settings.GetSection("logging")).AddConsole());
        Assert.Equal(logged, factory.CreateLogger(category).IsEnabled(LogLevel.Information));
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
