using System.Text.Json.Nodes;
using Mfa.Acs;
using Mfa.Web;

namespace Mfa.Functions.Tests;

/// <summary>Our request id goes out in place of the SDKs', inside what is signed: the network refuses a body that isn't the signed one.</summary>
public sealed class RepeatableTests
{
    [Fact]
    public async Task A_text_arrives_once_however_often_it_is_sent()
    {
        await using var network = await Network.StartAsync(new RepeatableText());
        using (RepeatableCall.Scope(Once()))
        {
            await network.PostAsync("/sms?api-version=2021-03-07", Text());
            await network.PostAsync("/sms?api-version=2021-03-07", Text());
        }

        var texts = (await network.PhoneAsync())["texts"]!.AsArray();
        Assert.Equal("Your code is “123456”.", Assert.Single(texts)!["body"]!.ToString());
    }

    [Fact]
    public async Task A_call_rings_once_however_often_it_is_placed()
    {
        await using var network = await Network.StartAsync(new RepeatableCall());
        var ids = new HashSet<string>();
        using (RepeatableCall.Scope(Once()))
        {
            for (var tries = 0; tries < 2; tries++)
            {
                ids.Add(JsonNode.Parse((await network.PostAsync("/calling/callConnections?api-version=2025-06-15", Call(), ownIds: true)).Content)!["callConnectionId"]!.ToString());
            }
        }

        Assert.Equal((await network.PhoneAsync())["call"]!["id"]!.ToString(), Assert.Single(ids));
    }

    [Fact]
    public async Task Another_text_is_another_one()
    {
        await using var network = await Network.StartAsync(new RepeatableText());
        foreach (var once in new[] { Once(), Once() })
        {
            using var scope = RepeatableCall.Scope(once);
            await network.PostAsync("/sms?api-version=2021-03-07", Text());
        }

        Assert.Equal(2, (await network.PhoneAsync())["texts"]!.AsArray().Count);
    }

    [Fact]
    public async Task Two_at_once_keep_their_ids_apart()
    {
        await using var network = await Network.StartAsync(new RepeatableText());
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var scope = RepeatableCall.Scope(Once());
            await Task.Yield();
            await network.PostAsync("/sms?api-version=2021-03-07", Text());
            await network.PostAsync("/sms?api-version=2021-03-07", Text());
        }));
        Assert.Equal(20, (await network.PhoneAsync())["texts"]!.AsArray().Count);
    }

    [Fact]
    public async Task A_text_to_several_is_not_sent_without_our_id()
    {
        await using var network = await Network.StartAsync(new RepeatableText());
        var text = Text();
        text["smsRecipients"]!.AsArray().Add(new JsonObject { ["to"] = "+14255550124" });
        using var scope = RepeatableCall.Scope(Once());
        await Assert.ThrowsAsync<InvalidOperationException>(() => network.PostAsync("/sms?api-version=2021-03-07", text));
        Assert.Empty((await network.PhoneAsync())["texts"]!.AsArray());
    }

    private static Repeatable Once() => new(Guid.NewGuid(), DateTimeOffset.UtcNow);

    // The SDK's own ids, fresh for every call of its method.
    private static JsonObject Text() => new()
    {
        ["from"] = "+18005550100",
        ["smsRecipients"] = new JsonArray(new JsonObject { ["to"] = Network.Number, ["repeatabilityRequestId"] = Guid.NewGuid().ToString(), ["repeatabilityFirstSent"] = DateTimeOffset.UtcNow.ToString("r") }),
        ["message"] = "Your code is “123456”.",
    };

    private static JsonObject Call() => new()
    {
        ["targets"] = new JsonArray(new JsonObject { ["kind"] = "phoneNumber", ["rawId"] = "4:" + Network.Number, ["phoneNumber"] = new JsonObject { ["value"] = Network.Number } }),
        ["sourceCallerIdNumber"] = new JsonObject { ["value"] = "+18005550100" },
        ["callbackUri"] = "http://127.0.0.1:9/callbacks/calls/v/1",
    };
}
