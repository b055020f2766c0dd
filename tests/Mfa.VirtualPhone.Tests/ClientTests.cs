namespace Mfa.VirtualPhone.Tests;

/// <summary>The carrier's own clients, which know nothing of the network, drive it: <c>clients/clients.mjs</c>.</summary>
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
}
