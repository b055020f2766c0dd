using Microsoft.Playwright;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Adding an account of a service of this kind.</summary>
public sealed class ActivationTests(Chromium chromium, Storage storage)
{
    [Fact]
    public async Task A_pasted_link_activates_after_it_was_said_for_whom()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await service.Enroll();
        await app.Paste(setUp.Link);
        await app.Sees(new Uri(service.Url).Authority);
        Assert.Equal("awaitingActivation", (await setUp.SeeAsync())["state"]);
        await app.Page.GetByLabel("This device's name").FillAsync("Carol's phone");
        await app.Add();
        await app.Title("Account added");
        await app.Sees("“Carol's phone”");
        Assert.Equal(("readyToContact", "Carol's phone"), await setUp.SeeAsync() is var seen ? (seen["state"], seen["activation.device.name"]) : default);
    }

    [Fact]
    public async Task A_picture_of_the_QR_code_activates()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        await app.Button("Add account").ClickAsync();
        var png = Qr.Png((await service.Enroll()).Link);
        await app.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "qr.png", MimeType = "image/png", Buffer = png });
        await app.Add();
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
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        foreach (var way in new[] { "paste", "drop" })
        {
            await app.Button("Add account").ClickAsync();
            await app.Page.EvaluateAsync(Give, new object[] { way, Convert.ToBase64String(Qr.Png((await service.Enroll(way)).Link)) });
            await app.Add();
            await app.Added();
        }
    }

    [Fact]
    public async Task A_camera_that_sees_the_QR_code_activates()
    {
        await using var service = await Service.Start(storage);
        var film = Path.Combine(Path.GetTempPath(), $"qr-{Guid.NewGuid():N}.y4m");
        try
        {
            Qr.Film((await service.Enroll()).Link, film);
            await using var browser = await chromium.WithCameraAsync(film);
            await using var app = await App.Open(browser, service);
            await app.Button("Add account").ClickAsync();
            await app.Page.GetByText("Scan a QR code").ClickAsync();
            await app.Add();
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
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await service.Enroll();
        var (code, url) = (setUp.Code, setUp.Url);
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
        await app.Add();
        await app.Title("Account added");
    }

    [Fact]
    public async Task The_opened_link_activates_after_a_tap_and_leaves_no_code_in_the_address()
    {
        await using var service = await Service.Start(storage);
        var setUp = await service.Enroll();
        Assert.StartsWith(service.Url + "/authenticator#", setUp.Link, StringComparison.Ordinal);
        await using var app = await App.Open(chromium.Browser, service, fragment: new Uri(setUp.Link).Fragment);
        await app.Title("Add this account?");
        Assert.Equal(service.Url + "/authenticator", app.Page.Url);
        Assert.Equal("awaitingActivation", (await setUp.SeeAsync())["state"]);
        await app.Add();
        await app.Title("Account added");
    }

    [Fact]
    public async Task A_service_at_another_origin_is_one_account_among_others()
    {
        await using var service = await Service.Start(storage);
        await using var other = await Service.Start(storage, ("Service:Name", "Northwind"));
        await using var app = await App.Open(chromium.Browser, service);
        await app.SetUp();
        var setUp = await app.SetUp("bob", other);
        var challenge = await setUp.AskAsync(new() { ["application"] = "Orders" });
        await app.Title("Sign in to Orders?");
        await app.Approve(challenge["number"]);
        Assert.Equal("verified", (await setUp.StandsAsync(challenge)).State);
        await app.Button("Options of Northwind, bob@contoso.example").WaitForAsync();
    }

    [Fact]
    public async Task A_wrong_code_says_how_many_tries_are_left_until_it_is_over()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var link = (await service.Enroll()).Link;
        await app.Paste(link.Replace("#code=", "#code=A", StringComparison.Ordinal));
        for (var left = 4; left >= 0; left--)
        {
            await app.Add();
            await app.Sees($"Tries left: {left}");
        }

        await app.Add();
        await app.Sees("This code is over");
    }

    [Fact]
    public async Task A_PIN_is_asked_for_twice_and_sent_with_the_same_key()
    {
        await using var service = await Service.Start(storage, ("Policy:PinRequired", "true"), ("Policy:PinLength", "6"));
        await using var app = await App.Open(chromium.Browser, service);
        var keys = new List<string>();
        app.Page.Request += (_, request) => { if (request.Method == "POST") { keys.Add(request.PostDataJSON()!.Value.GetProperty("device").GetProperty("publicKey").GetRawText()); } };
        await app.Paste((await service.Enroll()).Link);
        await app.Add();
        await Pin("4711", "4711", "A PIN has 6 digits at least");
        await Pin("471147", "471148", "The two PINs differ");
        await Pin("111111", "111111", "too easy to guess");
        await Pin("471147", "471147", "Account added");
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
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        var setUp = await service.Enroll();
        var link = setUp.Link;
        await app.Page.RouteAsync("**/activations/*", async route =>
        {
            await route.FetchAsync();
            await route.AbortAsync();
        });
        await app.Paste(link);
        await app.Add();
        await app.Sees("The service can't be reached");
        Assert.Equal("readyToContact", (await setUp.SeeAsync())["state"]);
        await app.Page.UnrouteAsync("**/activations/*");
        await app.Page.ReloadAsync();
        await app.Paste(link);
        await app.Add();
        await app.Added();
        // The key that is kept is the one that was activated.
        await app.Approve(await setUp.ContactAsync());
    }
}
