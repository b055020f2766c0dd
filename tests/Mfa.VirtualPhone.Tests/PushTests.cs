using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Mfa.VirtualPhone.Tests;

/// <summary>The push service: what it takes of application servers, and what an app gets.</summary>
public class PushTests
{
    [Fact]
    public async Task A_message_that_is_proved_is_delivered_and_one_of_its_topic_takes_its_place()
    {
        await using var network = await Network.Start();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (id, _) = await Subscribe(network, Public(key));
        Assert.Equal(HttpStatusCode.Created, (await Send(network, id, key)).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await Send(network, id, key)).StatusCode);
        var message = Assert.Single((await network.Http.GetFromJsonAsync<JsonNode>($"/push/{id}/messages?wait=5&seen=0"))!["messages"]!.AsArray())!;
        Assert.Equal(("t", "high", "60", "aGk"), (message["topic"]!.ToString(), message["urgency"]!.ToString(), message["ttl"]!.ToString(), message["body"]!.ToString()));
    }

    [Theory]
    [InlineData("no TTL", 400)]
    [InlineData("long topic", 400)]
    [InlineData("long body", 413)]
    [InlineData("no proof", 401)]
    [InlineData("another key", 403)]
    [InlineData("another audience", 403)]
    [InlineData("another signature", 403)]
    [InlineData("over", 403)]
    [InlineData("too long", 403)]
    [InlineData("no address", 403)]
    [InlineData("gone", 410)]
    [InlineData("unknown", 404)]
    public async Task What_it_does_not_take(string what, int status)
    {
        await using var network = await Network.Start();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (id, _) = await Subscribe(network, Public(key));
        if (what == "gone")
        {
            Assert.Equal(HttpStatusCode.NoContent, (await network.Http.DeleteAsync($"/push/{id}")).StatusCode);
        }

        Assert.Equal(status, (int)(await Send(network, what == "unknown" ? "nobody" : id, what == "another key" ? other : key, what, signedBy: what == "another signature" ? other : null)).StatusCode);
        Assert.Empty((await network.Http.GetFromJsonAsync<JsonNode>($"/push/{id}/messages"))!["messages"]!.AsArray());
    }

    [Theory]
    [InlineData("once", 201, 1)]
    [InlineData("twice", 201, 2)]
    [InlineData("lose", 201, 0)]
    [InlineData("refuse", 403, 0)]
    [InlineData("down", 503, 0)]
    public async Task Its_habits(string deliver, int status, int messages)
    {
        await using var network = await Network.Start();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (id, _) = await Subscribe(network, null);
        Assert.Equal(HttpStatusCode.NoContent, (await network.Http.PutAsJsonAsync($"/push/{id}/habit", new { deliver })).StatusCode);
        Assert.Equal(status, (int)(await Send(network, id, key)).StatusCode);
        Assert.Equal(messages, (await network.Http.GetFromJsonAsync<JsonNode>($"/push/{id}/messages"))!["messages"]!.AsArray().Count);
        Assert.Equal(HttpStatusCode.BadRequest, (await network.Http.PutAsJsonAsync($"/push/{id}/habit", new { deliver = "never" })).StatusCode);
    }

    private static async Task<(string Id, string Endpoint)> Subscribe(Network network, string? applicationServerKey)
    {
        var answer = await (await network.Http.PostAsJsonAsync("/push", new { applicationServerKey })).Content.ReadFromJsonAsync<JsonNode>();
        return (answer!["id"]!.ToString(), answer["endpoint"]!.ToString());
    }

    private static Task<HttpResponseMessage> Send(Network network, string id, ECDsa key, string what = "", ECDsa? signedBy = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/push/{id}") { Content = new ByteArrayContent(Encoding.ASCII.GetBytes(what == "long body" ? new string('x', 4097) : "hi")) };
        if (what != "no TTL") { request.Headers.Add("TTL", "60"); }
        request.Headers.Add("Topic", what == "long topic" ? new string('t', 33) : "t");
        request.Headers.Add("Urgency", "high");
        if (what != "no proof")
        {
            var ends = DateTimeOffset.UtcNow.AddHours(what switch { "over" => -1, "too long" => 25, _ => 12 }).ToUnixTimeSeconds();
            var claims = new JsonObject { ["aud"] = what == "another audience" ? "https://push.example" : network.Address, ["exp"] = ends, ["sub"] = what == "no address" ? "me" : "mailto:a@b.example" };
            var signed = $"{Base64("""{"typ":"JWT","alg":"ES256"}""")}.{Base64(claims.ToJsonString())}";
            var signature = System.Buffers.Text.Base64Url.EncodeToString((signedBy ?? key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256));
            request.Headers.TryAddWithoutValidation("Authorization", $"vapid t={signed}.{signature}, k={Public(key)}");
        }

        return network.Http.SendAsync(request);
    }

    private static string Public(ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        return System.Buffers.Text.Base64Url.EncodeToString([4, .. point.X!, .. point.Y!]);
    }

    private static string Base64(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
