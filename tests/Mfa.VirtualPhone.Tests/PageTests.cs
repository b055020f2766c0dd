using Microsoft.Playwright;

namespace Mfa.VirtualPhone.Tests;

/// <summary>The page in a real browser.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private Chromium? _chromium;

    public async ValueTask InitializeAsync() => _chromium = await Chromium.Start();

    [Fact]
    public async Task A_person_answers_a_call_hears_the_prompt_and_presses_pound()
    {
        await using var net = await Network.Start();
        var page = await Open(net);
        var id = await net.Call();
        await page.GetByText("Ringing. Call from +1 800 555 0100").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        await net.Receiver.Next("CallConnected");

        await new MediaOn(net, id).Recognize("Press the pound key to finish signing in.");
        await page.GetByText("Press the pound key to finish signing in.").WaitForAsync();
        await page.GetByText("Waiting for a key").WaitForAsync();
        await page.Keyboard.PressAsync("#");
        var completed = await net.Receiver.Next("RecognizeCompleted");
        Assert.Equal("pound", completed.Data.GetProperty("dtmfResult").GetProperty("tones")[0].GetString());

        await new MediaOn(net, id).Recognize("Press 1 to confirm.");
        await page.GetByRole(AriaRole.Button, new() { Name = "1", Exact = true }).ClickAsync();
        Assert.Equal((200, 8531), (await net.Receiver.Next("RecognizeCompleted")).Result);

        await page.GetByRole(AriaRole.Button, new() { Name = "Hang up" }).ClickAsync();
        await page.GetByText("Call ended.").WaitForAsync();
        Assert.Equal((200, 560000), (await net.Receiver.Next("CallDisconnected")).Result);
        Assert.Empty(_chromium!.Complaints);
    }

    [Fact]
    public async Task A_person_reads_a_text_and_answers_it()
    {
        await using var net = await Network.Start();
        var page = await Open(net);
        await net.Carrier.Post("/sms", Network.TextBody());
        await page.GetByText("Good day").WaitForAsync();
        await page.GetByLabel("Your text").FillAsync("<b>482913</b>");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("<b>482913</b>", (await net.Receiver.Next("SMSReceived")).Data.GetProperty("message").GetString());
        await page.GetByText("<b>482913</b>").WaitForAsync();
        Assert.Empty(_chromium!.Complaints);
    }

    [Fact]
    public async Task The_page_says_which_wire_a_call_and_a_text_came_by_and_answers_who_sent_the_text()
    {
        await using var net = await TwilioNet.Start();
        net.Net.Options.TwilioTextsUrl = net.Server.At("texts");
        var page = await Open(net.Net);
        await net.Net.Carrier.Post("/sms", Network.TextBody());
        await page.GetByText("+1 800 555 0100, by ACS,").WaitForAsync();
        await net.Client.Text();
        await page.GetByText("+1 800 555 0199, by Twilio,").WaitForAsync();
        await page.GetByLabel("Your text").FillAsync("482913");
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("482913", (await net.Server.Next("texts"))["Body"]);
        await net.Client.Call(("Twiml", "<Response><Gather timeout=\"60\"><Say>Press a key</Say></Gather></Response>"));
        await page.GetByText("Ringing. Call from +1 800 555 0199, by Twilio").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        await page.GetByText("Press a key").WaitForAsync();
        await page.GetByText("Waiting for a key").WaitForAsync();
        Assert.Empty(_chromium!.Complaints);
    }

    [Fact]
    public async Task A_person_changes_the_habits_of_a_phone_and_resets_it()
    {
        await using var net = await Network.Start();
        var page = await Open(net);
        await page.GetByLabel("Calls").SelectOptionAsync("busy");
        await net.Phone.Until(phone => phone.GetProperty("habit").GetProperty("calls").GetString() == "busy");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reset phone" }).ClickAsync();
        await net.Phone.Until(phone => phone.GetProperty("habit").GetProperty("calls").GetString() == "ring");
        Assert.Empty(_chromium!.Complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Nobody_stumbles_over_the_page(ColorScheme colours)
    {
        await using var net = await Network.Start();
        var page = await Open(net);
        await page.EmulateMediaAsync(new() { ColorScheme = colours, ReducedMotion = ReducedMotion.Reduce });
        await net.Carrier.Post("/sms", Network.TextBody());
        await page.GetByText("Good day").WaitForAsync();
        var id = await net.Call();
        await page.GetByRole(AriaRole.Button, new() { Name = "Answer" }).WaitForAsync();
        Assert.Empty(await Axe.FindAsync(page.MainFrame));
        await net.Phone.Post("answer");
        await new MediaOn(net, id).Recognize("Press the pound key.");
        await page.GetByText("Waiting for a key").WaitForAsync();
        Assert.Empty(await Axe.FindAsync(page.MainFrame));
    }

    private async Task<IPage> Open(Network net)
    {
        var page = await _chromium!.NewPage();
        await page.GotoAsync(net.Address);
        await page.GetByLabel("Number").FillAsync("+1 425 555 0123");
        await page.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "+1 425 555 0123" }).WaitForAsync();
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null) { await _chromium.DisposeAsync(); }
    }
}
