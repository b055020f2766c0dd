using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Mfa.Peers;

/// <summary>docs/samples/mail-set-up, tried as its README says, in a real browser.</summary>
public sealed class MailSetUpPage(Storage storage) : LaptopTest(storage)
{
    private Process _server = null!;
    private ChromiumBrowser _chromium = null!;
    private RelyingParty _mail = null!;
    private string _url = "";

    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Policy:AppPasswords"] = "true", ["Policy:AppPasswordsAtMost"] = "1" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _mail = await Laptop.RelyingPartyAsync("mail");
        _server = await ServeAsync(Laptop.Url);
        _chromium = await ChromiumBrowser.StartAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await (_chromium?.DisposeAsync() ?? ValueTask.CompletedTask);
        End(_server);
        _mail?.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_app_password_is_made_after_a_second_step_shown_once_copied_and_revoked()
    {
        await User.SetUpAsync(Phone);
        var page = await OpenAsync();
        await page.GetByLabel("What do you call").FillAsync("<b>Old</b> phone");
        await MakeAsync(page);
        await page.GetByText("We sent a text").WaitForAsync();
        await page.GetByLabel("Code").FillAsync("000000");
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        await page.GetByText("That is not the code").WaitForAsync();
        await page.GetByLabel("Code").FillAsync(await Phone.CodeAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Confirm" }).ClickAsync();
        var password = await ReadAsync(page);
        Assert.Equal("true", (await CheckAsync(password))["valid"]);
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Your app password", Exact = true })).ToBeFocusedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await page.GetByText("Copied.").WaitForAsync();
        Assert.Equal(password, await page.EvaluateAsync<string>("navigator.clipboard.readText()"));

        // Another is more than there may be.
        await MakeAsync(page);
        await page.GetByText("as many app passwords as you may have").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "I have typed it" }).ClickAsync();
        Assert.Equal("", await page.Locator("[data-at=password]").TextContentAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Revoke <b>Old</b> phone" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(0);
        Assert.Equal("false", (await CheckAsync(password))["valid"]);
    }

    [Fact]
    public async Task A_call_is_answered_and_a_cancelled_step_makes_nothing()
    {
        await User.SetUpAsync(Phone);
        var page = await OpenAsync();
        await MakeAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Code")).ToBeHiddenAsync();
        Assert.Empty((await User.GetAsync("me/app-passwords")).Body!["items"]!.AsArray());

        await MakeAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "call, " }).ClickAsync();
        await page.GetByText("We call").WaitForAsync();
        await Phone.AnswerAsync();
        await Phone.PressAsync("#");
        await ReadAsync(page);
        await page.GetByText("Without a name").WaitForAsync();
    }

    [Fact]
    public async Task Who_has_no_method_or_may_have_none_is_told_what_to_do()
    {
        var page = await OpenAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        await page.GetByText("Set up two-step verification first").WaitForAsync();
        Assert.Equal("/security", await page.GetByRole(AriaRole.Link).GetAttributeAsync("href"));

        var strict = await Laptop.AddHeadAsync(settings: new() { ["Policy:AppPasswords"] = "false" });
        using var server = await ServeAsync(strict.Url.ToString());
        try
        {
            var other = await OpenAsync();
            await other.GetByText("does not allow app passwords").WaitForAsync();
            await Assertions.Expect(other.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);
        }
        finally
        {
            End(server);
        }
    }

    private static Task MakeAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Make an app password" }).ClickAsync();

    private static async Task<string> ReadAsync(IPage page)
    {
        var shown = page.Locator("[data-at=password]");
        await Assertions.Expect(shown).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^([a-z]{4} ){3}[a-z]{4}$"));
        return Seen.Secret((await shown.TextContentAsync())!);
    }

    private static void End(Process? server)
    {
        if (server is { HasExited: false })
        {
            server.Kill();
        }

        server?.Dispose();
    }

    private Task<Reply> CheckAsync(string password) => _mail.PostAsync("app-passwords/verify", new JsonObject { ["user"] = User.Id, ["password"] = password });

    private async Task<Process> ServeAsync(string backend)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Folder, "docs/samples/mail-set-up/try.mjs")]) { RedirectStandardOutput = true };
        (start.Environment["BACKEND"], start.Environment["PORT"]) = (backend, $"{FreePorts.Take(1)}");
        var server = Process.Start(start)!;
        _url = (await server.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken))!;
        return server;
    }

    private async Task<IPage> OpenAsync()
    {
        var context = await _chromium.Browser.NewContextAsync(new() { Permissions = ["clipboard-read", "clipboard-write"] });
        var page = await context.NewPageAsync();
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.GotoAsync($"{_url}?user={User.Id}");
        return page;
    }
}
