namespace Mfa.VirtualPhone.Tests;

/// <summary>What the client plays and listens for on a call.</summary>
internal sealed class MediaOn(Network net, string id)
{
    public string Path { get; } = $"/calling/callConnections/{id}";

    public static object Text(string text) => new { kind = "text", text = new { text, voiceName = "en-US-JennyNeural" } };

    public async Task Play(string text = "Hello", bool loop = false, bool interrupt = false, string? context = null) =>
        Assert.Equal(202, (await net.Carrier.Post(Path + ":play", new
        {
            playSources = new[] { Text(text) },
            playTo = Array.Empty<object>(),
            playOptions = new { loop },
            interruptCallMediaOperation = interrupt,
            operationContext = context,
        })).Status);

    public async Task Recognize(
        string prompt = "Press pound", int? most = 1, string[]? stops = null, bool interruptPrompt = true, bool interrupt = false, string? context = null) =>
        Assert.Equal(202, (await net.Carrier.Post(Path + ":recognize", Request(prompt, most, stops, interruptPrompt, interrupt, context))).Status);

    public static object Request(
        string prompt = "Press pound", int? most = 1, string[]? stops = null, bool interruptPrompt = true, bool interrupt = false, string? context = null) => new
        {
            recognizeInputType = "dtmf",
            playPrompt = Text(prompt),
            interruptCallMediaOperation = interrupt,
            recognizeOptions = new
            {
                interruptPrompt,
                targetParticipant = new { rawId = "4:+" + Network.Alice, phoneNumber = new { value = "+" + Network.Alice } },
                dtmfOptions = new { maxTonesToCollect = most, stopTones = stops },
            },
            operationContext = context,
        };
}
