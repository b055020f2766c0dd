using Microsoft.Playwright;

namespace Mfa.Local.Tests;

/// <summary>The desk, as somebody uses it.</summary>
internal sealed class Desk(IPage page)
{
    public IPage Page => page;

    /// <summary>What the user sees.</summary>
    public IFrameLocator User => page.FrameLocator("#page");

    public IFrameLocator Phone => page.FrameLocator("#phone");

    public IFrameLocator App => page.FrameLocator("#app");

    public static async Task<Desk> OpenAsync(IBrowser browser, Uri head, int width)
    {
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 1000 }, ReducedMotion = ReducedMotion.Reduce });
        await page.GotoAsync(new Uri(head, "dev").ToString());
        return new(page);
    }

    /// <summary>Sets up a phone as far as "Contact me".</summary>
    public async Task ChoosePhoneAsync(string region, string number, string way)
    {
        await User.GetByRole(AriaRole.Button, new() { Name = "Set it up now" }).ClickAsync();
        await User.GetByRole(AriaRole.Button, new() { Name = "Authentication phone" }).ClickAsync();
        await User.GetByLabel("Country or region").SelectOptionAsync(region);
        await User.GetByLabel("Phone number").FillAsync(number);
        await User.GetByText(way, new() { Exact = true }).ClickAsync();
        await User.GetByRole(AriaRole.Button, new() { Name = "Contact me" }).ClickAsync();
    }

    /// <summary>Takes the call that rings, and proves by it.</summary>
    public async Task AnswerAsync()
    {
        await Phone.GetByRole(AriaRole.Button, new() { Name = "Answer" }).ClickAsync();
        await Phone.GetByText("press the pound key").WaitForAsync();
        await Phone.GetByRole(AriaRole.Button, new() { Name = "pound" }).ClickAsync();
    }

    public Task SignInAtShopAsync() => Page.GetByRole(AriaRole.Button, new() { Name = "Sign-in at a shop" }).ClickAsync();

    /// <summary>Chooses the app, as far as its QR code.</summary>
    public async Task ChooseAppAsync(string mode)
    {
        await User.GetByRole(AriaRole.Button, new() { Name = "Set it up now" }).ClickAsync();
        await User.GetByRole(AriaRole.Button, new() { Name = "Mobile app" }).ClickAsync();
        await User.Locator($"input[value={mode}]").CheckAsync();
        await User.Locator("main form button").First.ClickAsync();
        await User.GetByRole(AriaRole.Img).First.WaitForAsync();
    }

    /// <summary>Takes a picture, for eyes and for the README.</summary>
    public Task PictureAsync(string name) => page.ScreenshotAsync(new() { Path = Path.Combine(ProjectFolder.Path, "../../artifacts/screens/desk", name + ".png") });

    /// <summary>Nothing for assistive technology to stumble over, and nothing wider than the screen.</summary>
    public async Task AssertCalmAsync()
    {
        Assert.Empty(await Axe.FindAsync(page.MainFrame));
        Assert.False(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth > document.documentElement.clientWidth"), "wider than the screen");
    }
}
