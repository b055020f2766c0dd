using System.Globalization;
using System.Text.Json.Nodes;

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

    [Theory]
    [InlineData("maxQueuePollingInterval", 1)]
    [InlineData("workItemQueueVisibilityTimeout", 60)]
    [InlineData("controlQueueVisibilityTimeout", 60)]
    public void The_clock_is_late_by_no_more_than(string name, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), TimeSpan.Parse(Durable["storageProvider"]![name]!.ToString(), CultureInfo.InvariantCulture));
}
