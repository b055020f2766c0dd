using System.Text;

namespace Mfa.VirtualPhone.Tests;

public sealed class SigningTests
{
    [Fact]
    public async Task A_signed_request_is_let_in()
    {
        await using var net = await Network.Start();
        var answer = await net.Carrier.Post("/sms", Network.TextBody());
        Assert.Equal(202, answer.Status);
    }

    [Fact]
    public async Task Another_key_is_401_in_the_carriers_own_words()
    {
        await using var net = await Network.Start();
        net.Carrier.Key = Convert.ToBase64String("another"u8);
        var answer = await net.Carrier.Post("/sms", Network.TextBody());
        Assert.Equal((401, "7509"), (answer.Status, answer.Code));
        Assert.Empty((await net.Phone.Look()).GetProperty("texts").EnumerateArray());
    }

    [Fact]
    public async Task A_body_that_was_changed_after_signing_is_401()
    {
        await using var net = await Network.Start();
        var body = JsonSerializer.SerializeToUtf8Bytes(Network.TextBody());
        var changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body).Replace("Good day", "Bad day", StringComparison.Ordinal));
        var answer = await net.Carrier.Send(HttpMethod.Post, "/sms", body, changed);
        Assert.Equal((401, "7509"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData(-6, 401)]
    [InlineData(6, 401)]
    [InlineData(-4, 202)]
    [InlineData(4, 202)]
    public async Task A_date_may_be_five_minutes_off(int minutes, int status)
    {
        await using var net = await Network.Start();
        net.Carrier.ClockIsOff = TimeSpan.FromMinutes(minutes);
        Assert.Equal(status, (await net.Carrier.Post("/sms", Network.TextBody())).Status);
    }

    [Theory]
    [InlineData("GET", "/calling/callConnections/x")]
    [InlineData("DELETE", "/calling/callConnections/x")]
    [InlineData("POST", "/calling/callConnections")]
    [InlineData("POST", "/calling/callConnections/x:terminate")]
    [InlineData("POST", "/calling/callConnections/x:play")]
    [InlineData("POST", "/calling/callConnections/x:recognize")]
    [InlineData("POST", "/calling/callConnections/x:cancelAllMediaOperations")]
    [InlineData("POST", "/calling/callConnections/x:sendDtmfTones")]
    [InlineData("POST", "/sms")]
    public async Task Nothing_is_done_for_a_request_without_a_signature(string verb, string path)
    {
        await using var net = await Network.Start();
        using var request = new HttpRequestMessage(new(verb), path);
        using var answer = await net.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(401, (int)answer.StatusCode);
    }
}
