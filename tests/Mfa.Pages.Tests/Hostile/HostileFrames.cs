using System.Collections.Concurrent;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Pages of other origins that show ours in a frame, or in a window that they hold: a click there is the user's, and meant for something else.</summary>
public sealed class HostileFrames(Chromium chromium, Storage storage)
{
    private static readonly string[] s_paths = ["/", "/settings", "/sign-in/some-challenge"];

    [Fact]
    public async Task Nobody_shows_them_in_a_frame_but_an_origin_that_is_set()
    {
        await using var portal = await Elsewhere.StartAsync();
        await using var villain = await Elsewhere.StartAsync();
        await using var service = await Service.Start(storage, ("Pages:FrameOrigins", portal.Url));
        foreach (var path in s_paths)
        {
            Assert.False(await ShowsAsync(villain, service, path), path);
            // Nor a frame within the frame of who may.
            Assert.False(await ShowsAsync(villain, service, path, portal), path);
        }

        Assert.True(await ShowsAsync(portal, service, "/sign-in/some-challenge"));
    }

    [Fact]
    public async Task Who_opens_one_in_a_window_has_no_hold_of_it()
    {
        await using var villain = await Elsewhere.StartAsync();
        await using var service = await Service.Start(storage);
        foreach (var path in s_paths)
        {
            await using var context = await chromium.Browser.NewContextAsync();
            var page = await context.NewPageAsync();
            await page.GotoAsync(villain.Page($"<button onclick=\"w = window.open('{service.Url}{path}')\">Win a prize</button>"));
            await page.GetByRole(AriaRole.Button).ClickAsync();
            if (path.StartsWith("/sign-in", StringComparison.Ordinal))
            {
                // A program that opened one for its user has to see it come back. What is in it, it doesn't read.
                await page.WaitForFunctionAsync("() => { try { return w.location.href === undefined; } catch { return true; } }");
                Assert.False(await page.EvaluateAsync<bool>("() => w.closed"));
                Assert.Equal(["SecurityError", "SecurityError"], await page.EvaluateAsync<string[]>("() => [() => w.document, () => w.localStorage].map((read) => { try { return `${read()}`; } catch (fault) { return fault.name; } })"));
                continue;
            }

            // To the opener it is as if it was closed, though it is there.
            await page.WaitForFunctionAsync("() => w.closed");
        }
    }

    [Fact]
    public async Task What_others_say_to_a_page_changes_nothing_on_it()
    {
        await using var service = await Service.Start(storage);
        await using var page = await UserPage.Open(chromium.Browser, service, "carol", "/settings");
        await page.Title("title-settings");
        await page.Sees("not-required");
        await page.Sees("settings-activity-none");
        var asked = page.Asked.Count;
        var before = await page.Page.Locator("main").InnerTextAsync();
        // From its own origin, which may do more than any other: a tab has no more than the storage, which has nothing.
        await page.Page.EvaluateAsync("""
            () => {
              for (const data of [{ type: "token", access_token: "x" }, "logout", { returnTo: "https://evil.example" }, { code: "x", state: "y" }]) postMessage(data, "*");
              for (const name of ["mfa", "token", "session"]) new BroadcastChannel(name).postMessage({ access_token: "x" });
              dispatchEvent(new StorageEvent("storage", { key: "mfa-first-step x", newValue: "{}" }));
            }
            """);
        Assert.Equal(before, await page.Page.Locator("main").InnerTextAsync());
        Assert.Equal(asked, page.Asked.Count);
    }

    // Whether a page of ours is there, in a frame of another's, which is perhaps in a frame itself.
    private async Task<bool> ShowsAsync(Elsewhere site, Service service, string path, Elsewhere? within = null)
    {
        var says = new ConcurrentQueue<string>();
        await using var context = await chromium.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        page.Console += (_, message) => says.Enqueue(message.Text);
        var framing = site.Page($"<iframe src=\"{service.Url}{path}\"></iframe>");
        await page.GotoAsync(within is null ? framing : within.Page($"<iframe src=\"{framing}\"></iframe>"));
        var frame = page.Frames[^1];
        Assert.Equal(within is null ? 2 : 3, page.Frames.Count);
        if (frame.Url.StartsWith(service.Url, StringComparison.Ordinal))
        {
            await frame.Locator("main h1").WaitForAsync();
            return true;
        }

        Assert.Contains(says, s => s.Contains("frame-ancestors", StringComparison.Ordinal));
        return false;
    }
}
