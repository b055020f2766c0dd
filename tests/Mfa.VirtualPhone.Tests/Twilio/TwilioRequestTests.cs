namespace Mfa.VirtualPhone.Tests;

public sealed class TwilioRequestTests
{
    [Fact]
    public async Task The_connection_tells_what_a_twilio_client_needs()
    {
        await using var net = await Network.Start();
        var twilio = (await net.Http.GetFromJsonAsync<JsonElement>("/connection")).GetProperty("twilio");
        Assert.Equal((net.Address, net.Options.TwilioAccountSid), (twilio.GetProperty("url").GetString(), twilio.GetProperty("accountSid").GetString()));
        Assert.Matches("^[0-9a-f]{32}$", twilio.GetProperty("authToken").GetString());
        Assert.Matches("^MG[0-9a-f]{32}$", twilio.GetProperty("messagingService").GetString());
        Assert.Equal([TwilioClient.Number], twilio.GetProperty("numbers").EnumerateArray().Select(number => number.GetString()!));
        Assert.Contains(TwilioClient.Number, (await net.Http.GetFromJsonAsync<JsonElement>("/phones")).GetProperty("numbers").EnumerateArray().Select(number => number.GetString()));
    }

    [Fact]
    public async Task Who_is_not_the_account_is_401()
    {
        await using var net = await Network.Start();
        var wrong = await new TwilioClient(net) { Password = "another" }.Text();
        Assert.Equal((401, 20003), (wrong.Status, wrong.Code));
        Assert.Equal(20003, (await new TwilioClient(net) { User = "SK00000000000000000000000000000000" }.Get("Messages.json")).Code);
        Assert.Equal(20003, (await new TwilioClient(net) { User = "", Password = "" }.Get("Calls.json")).Code);
    }

    [Fact]
    public async Task A_key_of_the_account_is_taken_too()
    {
        await using var net = await Network.Start(options => (options.TwilioApiKey, options.TwilioApiSecret) = ("SK00000000000000000000000000000001", "the secret"));
        Assert.Equal(201, (await new TwilioClient(net) { User = net.Options.TwilioApiKey, Password = "the secret" }.Text()).Status);
        Assert.Equal(401, (await new TwilioClient(net) { User = net.Options.TwilioApiKey }.Text()).Status);
    }

    [Theory]
    [InlineData("/2010-04-01/Accounts/AC00000000000000000000000000000000/Messages.json")]
    [InlineData("Messages/SM00000000000000000000000000000000.json")]
    [InlineData("Conferences.json")]
    public async Task What_there_is_not_is_404(string path)
    {
        await using var net = await Network.Start();
        var answer = await new TwilioClient(net).Get(path);
        Assert.Equal((404, 20404), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task More_requests_in_a_second_than_the_setting_says_are_429()
    {
        await using var net = await Network.StartWithStoppedClock(options => options.TwilioRequestsPerSecond = 2);
        var client = new TwilioClient(net);
        Assert.Equal((201, 201), ((await client.Text()).Status, (await client.Text()).Status));
        var refused = await client.Text();
        Assert.Equal((429, 20429), (refused.Status, refused.Code));
        net.Time!.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(2, (await client.Get("Messages.json")).Body.GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task A_list_is_newest_first_by_number_and_day_and_in_pages()
    {
        await using var net = await Network.StartWithStoppedClock();
        var client = new TwilioClient(net);
        var today = net.Time!.GetUtcNow();
        for (var count = 0; count < 3; count++) { await client.Text(("Body", $"{count}")); }
        await client.Text(("To", "+14255550124"));
        net.Time.Advance(TimeSpan.FromDays(1));
        await client.Text(("Body", "next day"));
        var to = Uri.EscapeDataString("+" + Network.Alice);
        Assert.Equal(["next day", "2", "1", "0"], await Bodies(client, $"Messages.json?To={to}"));
        Assert.Equal(["2", "1", "0"], await Bodies(client, $"Messages.json?To={to}&DateSent={today:yyyy-MM-dd}"));
        Assert.Equal(["next day"], await Bodies(client, $"Messages.json?To={to}&DateSent%3E={today.AddDays(1):yyyy-MM-dd}"));
        Assert.Equal(["2", "1", "0"], await Bodies(client, $"Messages.json?To={to}&DateSent%3C={today:yyyy-MM-dd}"));
        Assert.Empty(await Bodies(client, $"Messages.json?From={to}"));

        var page = (await client.Get($"Messages.json?To={to}&PageSize=3")).Body;
        Assert.Equal((3, JsonValueKind.Null), (page.GetProperty("messages").GetArrayLength(), page.GetProperty("previous_page_uri").ValueKind));
        var next = page.GetProperty("next_page_uri").GetString()!;
        Assert.Equal(["0"], await Bodies(client, next));
        var last = (await client.Get(next)).Body;
        Assert.Equal((1, 3, JsonValueKind.Null), (last.GetProperty("page").GetInt32(), last.GetProperty("page_size").GetInt32(), last.GetProperty("next_page_uri").ValueKind));
    }

    private static async Task<IEnumerable<string?>> Bodies(TwilioClient client, string path) =>
        (await client.Get(path)).Body.GetProperty("messages").EnumerateArray().Select(text => text.GetProperty("body").GetString());
}
