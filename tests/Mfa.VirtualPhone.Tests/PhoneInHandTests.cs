using Microsoft.Playwright;

namespace Mfa.VirtualPhone.Tests;

/// <summary>The page in a frame of another origin's: one phone, in somebody's hand.</summary>
public sealed class PhoneInHandTests : IAsyncLifetime
{
    private Chromium? _chromium;
    private FramingPage? _around;

    public async ValueTask InitializeAsync() => (_chromium, _around) = (await Chromium.Start(), await FramingPage.Start());

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task A_call_fills_the_screen_and_nobody_stumbles_over_it(ColorScheme colours)
    {
        await using var net = await Start();
        var (page, frame) = await Open(net, new() { ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
        await frame.GetByText("No texts yet.").WaitForAsync();
        await AssertCalm(frame);
        var id = await net.Call();
        var answer = frame.GetByRole(AriaRole.Button, new() { Name = "Answer" });
        await Assertions.Expect(answer).ToBeInViewportAsync(new() { Ratio = 1 });
        await Assertions.Expect(frame.GetByRole(AriaRole.Button, new() { Name = "Decline" })).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.Equal("none", await answer.EvaluateAsync<string>("one => getComputedStyle(one).animationName"));
        await AssertCalm(frame);

        // Who is busy with the page around it keeps the cursor, and reaches the phone by the keyboard.
        Assert.Equal("INPUT", await page.EvaluateAsync<string>("() => document.activeElement.tagName"));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await net.Receiver.Next("CallConnected");
        await new MediaOn(net, id).Recognize("Press the pound key to finish signing in.");
        await Assertions.Expect(frame.GetByText("Press the pound key to finish signing in.")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Assertions.Expect(frame.GetByRole(AriaRole.Log, new() { Name = "What was said" })).ToHaveAttributeAsync("lang", "en-US");
        await Assertions.Expect(frame.GetByRole(AriaRole.Button, new() { Name = "Hang up" })).ToBeInViewportAsync(new() { Ratio = 1 });
        await AssertCalm(frame);
        await page.Keyboard.PressAsync("#");
        Assert.Equal("pound", (await net.Receiver.Next("RecognizeCompleted")).Data.GetProperty("dtmfResult").GetProperty("tones")[0].GetString());
        await frame.GetByRole(AriaRole.Button, new() { Name = "Hang up" }).ClickAsync();
        await frame.GetByText("Call ended.").WaitForAsync();
        await AssertCalm(frame);
        Assert.Empty(_chromium!.Complaints);
    }

    [Fact]
    public async Task The_code_in_a_text_is_copied_by_a_tap_and_a_text_is_answered()
    {
        await using var net = await Start();
        var (page, frame) = await Open(net, new() { Permissions = ["clipboard-read", "clipboard-write"] });
        await net.Carrier.Post("/sms", new { from = Network.Own, smsRecipients = new[] { new { to = "+" + Network.Alice } }, message = "Call +1 800 555 0100 or use 482913, or 777777." });
        await frame.GetByRole(AriaRole.Button, new() { Name = "Copy 482913" }).ClickAsync();
        await frame.GetByText("Copied 482913").WaitForAsync();
        Assert.Equal("482913", await frame.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        Assert.Equal(1, await frame.GetByRole(AriaRole.Log).GetByRole(AriaRole.Button).CountAsync());
        await AssertCalm(frame);
        await frame.GetByLabel("Your text").FillAsync("482913");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("482913", (await net.Receiver.Next("SMSReceived")).Data.GetProperty("message").GetString());
        Assert.Empty(_chromium!.Complaints);
    }

    [Fact]
    public async Task Words_are_spoken_aloud_in_their_language_where_that_is_wanted_and_a_browser_has_voices()
    {
        await using var net = await Start();
        var (page, frame) = await Open(net);
        // This browser has no voices, so there is nothing to offer.
        var id = await net.CallAndAnswer();
        await frame.GetByRole(AriaRole.Button, new() { Name = "Hang up" }).WaitForAsync();
        var aloud = frame.GetByRole(AriaRole.Button, new() { Name = "Speak aloud" });
        await Assertions.Expect(aloud).ToBeHiddenAsync();

        await page.AddInitScriptAsync(Voices);
        await page.ReloadAsync();
        frame = page.Frames[1];
        aloud = frame.GetByRole(AriaRole.Button, new() { Name = "Speak aloud" });
        await Assertions.Expect(aloud).ToHaveAttributeAsync("aria-pressed", "false");
        await new MediaOn(net, id).Play("Not aloud");
        await frame.GetByText("Not aloud").WaitForAsync();
        await aloud.ClickAsync();
        await net.Carrier.Post($"/calling/callConnections/{id}:play", new
        {
            playSources = new[] { new { kind = "text", text = new { text = "Druk op het hekje.", sourceLocale = "nl-NL", voiceName = "nl-NL-FennaNeural" } } },
            playTo = Array.Empty<object>(),
            interruptCallMediaOperation = true,
        });
        await frame.GetByText("Druk op het hekje.").WaitForAsync();
        await Assertions.Expect(frame.Locator("html")).ToHaveAttributeAsync("data-spoken", "Not aloud en_US, Druk op het hekje. nl-BE");
        await net.Phone.Post("hangup");
        await frame.GetByText("Call ended.").WaitForAsync();

        await page.ReloadAsync();
        frame = page.Frames[1];
        await net.CallAndAnswer();
        await Assertions.Expect(frame.GetByRole(AriaRole.Button, new() { Name = "Speak aloud" })).ToHaveAttributeAsync("aria-pressed", "true");
    }

    // What a browser with voices has, as far as the page asks for it; it writes down what was said, and by which voice.
    private const string Voices = """
        const spoken = [];
        window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
        Object.defineProperty(window, "speechSynthesis", { value: {
          getVoices: () => [{ lang: "en_US" }, { lang: "nl-BE" }],
          cancel() {},
          speak(said) { spoken.push(`${said.text} ${said.voice.lang}`); document.documentElement.dataset.spoken = spoken.join(", "); },
        } });
        """;

    private Task<Network> Start() => Network.Start(options => options.FramedBy = _around!.Origin);

    private static async Task AssertCalm(IFrame frame)
    {
        Assert.Empty(await Axe.FindAsync(frame));
        Assert.False(await frame.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"), "wider than its frame");
    }

    private async Task<(IPage Page, IFrame Frame)> Open(Network net, BrowserNewPageOptions? options = null)
    {
        var page = await _chromium!.NewPage(options);
        _around!.Shows = $"{net.Address}/#{Network.Alice}";
        await page.GotoAsync(_around.Origin);
        return (page, page.Frames[1]);
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null) { await _chromium.DisposeAsync(); }
        if (_around is not null) { await _around.DisposeAsync(); }
    }
}
