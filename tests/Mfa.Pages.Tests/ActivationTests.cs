using Microsoft.Playwright;

namespace Mfa.Pages.Tests;

/// <summary>Adding an account of a service of this kind.</summary>
public sealed class ActivationTests(Chromium chromium)
{
    [Fact]
    public async Task A_pasted_link_activates_after_it_was_said_for_whom()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        await app.Paste(service.Enroll().Link);
        await app.Sees(new Uri(service.Url).Authority);
        Assert.Empty(service.Devices);
        await app.Page.GetByLabel("This device's name").FillAsync("Alice's phone");
        await Add(app);
        await app.Title("Account added");
        await app.Sees("“Alice's phone”");
        Assert.Equal("Alice's phone", service.Device.Name);
        await app.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Not now|Done)$") }).ClickAsync();
        Assert.Contains(await app.Code(), await Oathtool.NowAsync(service.Secret));
    }

    [Fact]
    public async Task A_picture_of_the_QR_code_activates()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        await app.Button("Add account").ClickAsync();
        var png = Qr.Png(service.Enroll().Link);
        await app.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "qr.png", MimeType = "image/png", Buffer = png });
        await Add(app);
        await app.Title("Account added");
    }

    [Fact]
    public async Task A_pasted_and_a_dropped_picture_activate()
    {
        const string Give = """
            async ([type, base64]) => {
              const data = new DataTransfer();
              data.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], "qr.png", { type: "image/png" }));
              const event = type === "drop" ? new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }) : new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
              (type === "drop" ? document.querySelector(".choices") : document.querySelector("dialog")).dispatchEvent(event);
            }
            """;
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        foreach (var way in new[] { "paste", "drop" })
        {
            await app.Button("Add account").ClickAsync();
            await app.Page.EvaluateAsync(Give, new object[] { way, Convert.ToBase64String(Qr.Png(service.Enroll(way).Link)) });
            await Add(app);
            await app.Title("Account added");
            await app.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^(Not now|Done)$") }).ClickAsync();
        }

        Assert.Equal(2, service.Devices.Count);
    }

    [Fact]
    public async Task A_camera_that_sees_the_QR_code_activates()
    {
        await using var service = await Service.Start();
        var film = Path.Combine(Path.GetTempPath(), $"qr-{Guid.NewGuid():N}.y4m");
        try
        {
            Qr.Film(service.Enroll().Link, film);
            await using var browser = await chromium.WithCameraAsync(film);
            await using var app = await App.Open(browser, service);
            await app.Button("Add account").ClickAsync();
            await app.Page.GetByText("Scan a QR code").ClickAsync();
            await Add(app);
            await app.Title("Account added");
        }
        finally
        {
            File.Delete(film);
        }
    }

    [Fact]
    public async Task Typed_code_and_URL_activate_as_people_type_them()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var (code, url, _) = service.Enroll();
        await app.Button("Add account").ClickAsync();
        await app.Page.GetByText("Enter code and URL").ClickAsync();
        await app.Page.GetByRole(AriaRole.Textbox, new() { Name = "Code" }).FillAsync("K7QM");
        await app.Page.GetByRole(AriaRole.Textbox, new() { Name = "URL" }).FillAsync(url);
        await app.Button("Continue").ClickAsync();
        await app.Sees("A code has eight letters and digits");
        await app.Page.GetByRole(AriaRole.Textbox, new() { Name = "Code" }).FillAsync(code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal).Replace('o', '0').Replace('i', '1'));
        await app.Page.GetByRole(AriaRole.Textbox, new() { Name = "URL" }).FillAsync("http://id.contoso.example/api/v1/activations/x");
        await app.Button("Continue").ClickAsync();
        await app.Sees("This URL is not one of a set-up page");
        await app.Page.GetByRole(AriaRole.Textbox, new() { Name = "URL" }).FillAsync($" {url} ");
        await app.Button("Continue").ClickAsync();
        await Add(app);
        await app.Title("Account added");
    }

    [Fact]
    public async Task The_opened_link_activates_after_a_tap_and_leaves_no_code_in_the_address()
    {
        await using var service = await Service.Start();
        var link = service.Enroll().Link;
        await using var app = await App.Open(chromium.Browser, service, fragment: link[link.IndexOf('#', StringComparison.Ordinal)..]);
        await app.Title("Add this account?");
        Assert.Equal(service.Url + "/authenticator", app.Page.Url);
        Assert.Empty(service.Devices);
        await Add(app);
        await app.Title("Account added");
    }

    [Fact]
    public async Task A_service_at_another_origin_is_one_account_among_others()
    {
        await using var service = await Service.Start();
        await using var other = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        await app.Activate();
        var device = await app.Activate(other, "bob", "Northwind");
        other.Ask(device, "", more: new() { ["application"] = "Orders" });
        await app.Title("Sign in to Orders?");
        await app.Button("Authenticate").ClickAsync();
        await app.Title("Approved");
        Assert.Empty(other.Faults);
    }

    [Fact]
    public async Task A_wrong_code_says_how_many_tries_are_left_until_it_is_over()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var link = service.Enroll().Link;
        await app.Paste(link.Replace("#code=", "#code=A", StringComparison.Ordinal));
        for (var left = 4; left >= 0; left--)
        {
            await Add(app);
            await app.Sees($"Tries left: {left}");
        }

        await Add(app);
        await app.Sees("This code is over");
    }

    [Fact]
    public async Task A_PIN_is_asked_for_twice_and_sent_with_the_same_key()
    {
        await using var service = await Service.Start();
        service.PinLength = 6;
        await using var app = await App.Open(chromium.Browser, service);
        var keys = new List<string>();
        app.Page.Request += (_, request) => { if (request.Method == "POST") { keys.Add(request.PostDataJSON()!.Value.GetProperty("device").GetProperty("publicKey").GetRawText()); } };
        await app.Paste(service.Enroll().Link);
        await Add(app);
        await Pin("4711", "4711", "A PIN has 6 digits at least");
        await Pin("471147", "471148", "The two PINs differ");
        await Pin("111111", "111111", "too easy to guess");
        await Pin("471147", "471147", "Account added");
        Assert.Equal("471147", service.Device.Pin);
        Assert.Equal(3, keys.Count);
        Assert.Single(keys.Distinct());

        async Task Pin(string first, string second, string then)
        {
            await app.Page.GetByLabel("New PIN").FillAsync(first);
            await app.Page.GetByLabel("The same PIN again").FillAsync(second);
            await app.Button("Continue").ClickAsync();
            await app.Sees(then);
        }
    }

    [Fact]
    public async Task A_lost_answer_is_asked_for_again_with_the_same_key_even_after_a_restart()
    {
        await using var service = await Service.Start();
        await using var app = await App.Open(chromium.Browser, service);
        var link = service.Enroll().Link;
        await app.Page.RouteAsync("**/activations/*", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await app.Paste(link);
        await Add(app);
        await app.Sees("The service can't be reached");
        Assert.Single(service.Devices);
        await app.Page.UnrouteAsync("**/activations/*");
        await app.Page.ReloadAsync();
        await app.Paste(link);
        await Add(app);
        await app.Title("Account added");
        Assert.Single(service.Devices);
    }

    private static Task Add(App app) => app.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Add account" }).ClickAsync();
}
