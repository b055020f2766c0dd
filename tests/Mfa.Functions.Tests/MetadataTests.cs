using System.Text.Json.Nodes;
using Mfa.Web;

namespace Mfa.Functions.Tests;

/// <summary>What the build tells the host about the head's functions: the host starts from this list and not from the sources.</summary>
public sealed class MetadataTests
{
    private static readonly IReadOnlyList<JsonNode> s_functions = [.. JsonNode.Parse(Files.Read("functions.metadata"))!.AsArray().Select(f => f!)];

    [Fact]
    public void Every_route_is_an_http_function_of_the_same_name_methods_and_template() => Assert.Equal(
        Routes.All.Select(r => $"{r.Name} {string.Join(',', r.Methods.Select(m => m.ToUpperInvariant()).Order())} {r.Template} Anonymous").Order(),
        from function in s_functions
        let trigger = Binding(function, "httpTrigger")
        where trigger is not null
        let methods = trigger["methods"]!.AsArray().Select(m => m!.ToString().ToUpperInvariant()).Order()
        let line = $"{function["name"]} {string.Join(',', methods)} {trigger["route"]} {trigger["authLevel"]}"
        orderby line
        select line);

    [Theory]
    [InlineData("VerificationClock", "orchestrationTrigger")]
    [InlineData("VerificationLook", "activityTrigger")]
    [InlineData("Purge", "timerTrigger")]
    public void Whatever_is_no_route_is_the_clocks_or_the_purge(string name, string trigger)
    {
        Assert.NotNull(Binding(s_functions.Single(f => f["name"]!.ToString() == name), trigger));
        Assert.Equal(Routes.All.Count + 3, s_functions.Count);
    }

    [Fact]
    public void The_host_loads_the_extension_of_the_clock() => Assert.Contains("DurableTaskWebJobsStartup", Files.Read("extensions.json"), StringComparison.Ordinal);

    private static JsonNode? Binding(JsonNode function, string type) => function["bindings"]!.AsArray().FirstOrDefault(b => b!["type"]!.ToString() == type);
}
