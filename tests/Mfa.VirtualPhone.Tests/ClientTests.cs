namespace Mfa.VirtualPhone.Tests;

/// <summary>The carriers' own clients, which know nothing of the network, drive it: <c>clients/*.mjs</c>.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task The_carriers_own_clients_send_a_text_and_hold_a_call()
    {
        var clients = new NodeFolder("clients");
        await using var net = await Network.Start(options => options.SpeakFor = TimeSpan.FromMilliseconds(50));
        var facts = await clients.RunAsync("node", await clients.PathOf("clients.mjs"), net.Address);
        Assert.Equal(
            ["text sent", "text with a wrong key is 401", "call with a wrong key is 401", "call placed", "call connected",
                "prompt played", "key recognized", "recognize cancelled", "tones sent", "call hung up"],
            facts.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task Twilios_own_client_sends_texts_holds_a_call_lists_and_is_refused_and_its_validator_takes_the_networks_signatures()
    {
        var clients = new NodeFolder("clients");
        await using var net = await Network.Start(options => (options.SpeakFor, options.TwilioRequestsPerSecond) = (TimeSpan.FromMilliseconds(20), 40));
        var facts = await clients.RunAsync("node", await clients.PathOf("twilio.mjs"), net.Address);
        Assert.Equal(
            ["text sent", "text delivered", "text fetched", "text sent by the service", "call placed", "call answered", "key gathered", "call updated",
                "call hung up", "texts listed", "calls listed", "refusals are twilio's", "too many requests are 429"],
            facts.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
