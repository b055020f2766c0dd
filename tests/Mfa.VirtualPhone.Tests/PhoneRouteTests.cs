using System.Text;

namespace Mfa.VirtualPhone.Tests;

public sealed class PhoneRouteTests
{
    [Fact]
    public async Task A_phone_that_nothing_happened_to_shows_just_that()
    {
        await using var net = await Network.Start();
        var phone = await net.Phone.Look();
        Assert.Equal(Network.Alice, phone.GetProperty("number").GetString());
        Assert.Empty(phone.GetProperty("texts").EnumerateArray());
        Assert.Equal(JsonValueKind.Null, phone.GetProperty("call").ValueKind);
    }

    [Fact]
    public async Task A_long_poll_answers_when_the_phone_rings()
    {
        await using var net = await Network.Start();
        var seen = (await net.Phone.Look()).GetProperty("version").GetInt64();
        var poll = net.Phone.Look($"?wait=25&seen={seen}");
        var id = await net.Call();
        var call = (await poll).GetProperty("call");
        Assert.Equal((id, Network.Own, "ringing"), (call.GetProperty("id").GetString(), call.GetProperty("from").GetString(), call.GetProperty("state").GetString()));
        Assert.False(call.GetProperty("listening").GetBoolean());
        Assert.Empty(call.GetProperty("said").EnumerateArray());
    }

    [Fact]
    public async Task A_long_poll_that_missed_a_change_answers_at_once()
    {
        await using var net = await Network.StartWithStoppedClock();
        var seen = (await net.Phone.Look()).GetProperty("version").GetInt64();
        await net.Carrier.Post("/sms", Network.TextBody());
        Assert.Single((await net.Phone.Look($"?wait=25&seen={seen}")).GetProperty("texts").EnumerateArray());
    }

    [Fact]
    public async Task A_long_poll_ends_when_its_time_is_over()
    {
        await using var net = await Network.Start();
        var seen = (await net.Phone.Look()).GetProperty("version").GetInt64();
        Assert.Equal(seen, (await net.Phone.Look($"?wait=1&seen={seen}")).GetProperty("version").GetInt64());
        Assert.Equal(seen, (await net.Phone.Look("?wait=1")).GetProperty("version").GetInt64());
    }

    [Theory]
    [InlineData("answer")]
    [InlineData("decline")]
    [InlineData("hangup")]
    [InlineData("keys")]
    public async Task Without_a_call_there_is_nothing_to_do(string what)
    {
        await using var net = await Network.Start();
        Assert.Equal(409, await net.Phone.TryPost(what, new { keys = "1" }));
        await net.Call();
        await net.Phone.Post("decline");
        Assert.Equal(409, await net.Phone.TryPost(what, new { keys = "1" }));
    }

    [Fact]
    public async Task A_phone_can_be_reset()
    {
        await using var net = await Network.Start();
        await net.Phone.Habit(new { texts = "deliver", events = "twice" });
        await net.Carrier.Post("/sms", Network.TextBody());
        await net.CallAndAnswer();
        await net.Phone.Reset();
        await net.Receiver.Next("CallDisconnected");
        var phone = await net.Phone.Look();
        Assert.Equal((0, JsonValueKind.Null), (phone.GetProperty("texts").GetArrayLength(), phone.GetProperty("call").ValueKind));
        Assert.Equal("once", phone.GetProperty("habit").GetProperty("events").GetString());
    }

    [Fact]
    public async Task A_phone_keeps_its_last_fifty_texts()
    {
        await using var net = await Network.Start();
        for (var i = 0; i < 52; i++) { await net.Carrier.Post("/sms", Network.TextBody()); }
        Assert.Equal(50, (await net.Phone.Look()).GetProperty("texts").GetArrayLength());
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("1 2")]
    public async Task Keys_that_a_phone_does_not_have_are_400(string keys)
    {
        await using var net = await Network.Start();
        await net.CallAndAnswer();
        Assert.Equal(400, await net.Phone.TryPost("keys", new { keys }));
    }

    [Theory]
    [InlineData("18005550101", "hello", 404)]
    [InlineData("18005550100", "", 400)]
    public async Task A_text_needs_a_number_of_the_network_and_words(string to, string body, int status)
    {
        await using var net = await Network.Start();
        Assert.Equal(status, await net.Phone.TryPost("texts", new { to, body }));
    }

    [Theory]
    [InlineData("/phones/12")]
    [InlineData("/phones/abc")]
    [InlineData("/phones/0014255550123")]
    public async Task What_is_no_number_has_no_phone(string path)
    {
        await using var net = await Network.Start();
        Assert.Equal(404, (int)(await net.Http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("Origin", "http://evil.example", 403)]
    [InlineData("Origin", "null", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Host", "evil.example", 403)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Host", "localhost", 200)]
    public async Task Pages_of_others_get_nothing(string header, string value, int status)
    {
        await using var net = await Network.Start();
        foreach (var path in new[] { "/connection", "/phones", $"/phones/{Network.Alice}" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Add(header, value);
            using var answer = await net.Http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(status, (int)answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_form_of_another_page_cannot_send_a_text()
    {
        await using var net = await Network.Start();
        using var form = new StringContent("{\"to\":\"18005550100\",\"body\":\"hello\"}", Encoding.UTF8, "text/plain");
        using var answer = await net.Http.PostAsync($"/phones/{Network.Alice}/texts", form, TestContext.Current.CancellationToken);
        Assert.Equal(415, (int)answer.StatusCode);
    }

    [Fact]
    public async Task The_list_shows_the_phones_in_use_and_which_of_them_ring()
    {
        await using var net = await Network.Start();
        await net.Phone.Look();
        await net.Call("+14255550188");
        var list = await net.Http.GetFromJsonAsync<JsonElement>("/phones", TestContext.Current.CancellationToken);
        Assert.Equal(Network.Own, list.GetProperty("numbers")[0].GetString());
        Assert.Equal(
            [("14255550188", true), (Network.Alice, false)],
            list.GetProperty("recent").EnumerateArray().Select(one => (one.GetProperty("number").GetString()!, one.GetProperty("ringing").GetBoolean())));
    }
}
