using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Mfa.Contract;

/// <summary>Requests of devices that are forged, altered, late or nonsense: refused, and nothing changes.</summary>
public sealed class BadDevices(SignInLaptop shared) : SignInTest(shared), IDisposable
{
    private DeviceApp? _app;

    private DeviceApp App => _app ??= new(Laptop.Url);

    public void Dispose() => _app?.Dispose();

    [Fact]
    public async Task A_request_that_is_altered_late_or_foreign_is_401_and_changes_nothing()
    {
        await User.SetUpDeviceAsync(App, ("Mfa-Assertion", Assertion));
        using var other = new DeviceApp(Laptop.Url) { Id = App.Id };
        using var stranger = await StrangerAsync();
        var opened = await ChallengeAsync(By("notification"));
        var request = await App.RequestAsync();
        var (path, body) = ($"requests/{request["id"]}", new JsonObject { ["decision"] = "authenticate", ["number"] = opened["number"], ["seen"] = DeviceApp.Hash(request) });

        Action<JsonObject, JsonObject>[] altered =
        [
            (h, _) => h["alg"] = "none",
            (h, _) => h["alg"] = "HS256",
            (h, _) => h["typ"] = "JWT",
            (h, _) => h["crit"] = new JsonArray("exp"),
            (h, _) => h["kid"] = stranger.Id,
            (h, _) => h.Remove("kid"),
            (_, c) => c["htm"] = "PUT",
            (_, c) => c["htu"] = $"/api/v1/devices/{App.Id}/requests",
            (_, c) => c["htu"] = c["htu"] + "?a=b",
            (_, c) => c["iat"] = (long)c["iat"]! - 70,
            (_, c) => c["iat"] = (long)c["iat"]! + 70,
            (_, c) => c["iat"] = "now",
            (_, c) => c.Remove("iat"),
            (_, c) => c.Remove("jti"),
            (_, c) => c["bh"] = WebEncoders.Base64UrlEncode(SHA256.HashData([])),
        ];
        foreach (var tamper in altered)
        {
            var before = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
            var refused = await App.SendAsync(HttpMethod.Post, path, body, tamper);
            BadInput.AssertProblem(refused, 401, "device-proof");
            Assert.InRange(long.Parse(refused["serverTime"], System.Globalization.CultureInfo.InvariantCulture), before, DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        }

        // Another body under the proof, another device's key, another account's device, and no proof at all.
        var deny = new JsonObject { ["decision"] = "deny", ["seen"] = DeviceApp.Hash(request) };
        BadInput.AssertProblem(await App.SendAsync(HttpMethod.Post, path, body, sent: deny), 401, "device-proof");
        BadInput.AssertProblem(await other.SendAsync(HttpMethod.Post, path, body), 401, "device-proof");
        BadInput.AssertProblem(await other.RequestsAsync(), 401, "device-proof");
        BadInput.AssertProblem(await stranger.SendAsync(HttpMethod.Post, path, body), 401, "device-proof");
        foreach (var proof in new[] { "", "a.b.c", "a.b", "....", "e30.e30.", $"e30.e30.{new string('A', 86)}", new string('A', 5000) })
        {
            BadInput.AssertProblem(await App.SendAsync(HttpMethod.Post, $"/api/v1/devices/{App.Id}/{path}", body.ToJsonString(), proof), 401, "device-proof");
        }

        Assert.Equal("open", (await Shop.SeeAsync(opened["id"]))["state"]);
        Assert.Equal("verified", (await App.AnswerAsync(request, "authenticate", opened["number"]))["state"]);
    }

    [Fact]
    public async Task What_a_device_shows_is_what_it_agrees_to_and_nonsense_is_refused()
    {
        await User.SetUpDeviceAsync(App, ("Mfa-Assertion", Assertion));
        var opened = await ChallengeAsync(By("notification"));
        var request = await App.RequestAsync();
        var shown = request.DeepClone();
        shown["application"] = "Another";
        BadInput.AssertProblem(await App.AnswerAsync(shown, "authenticate", opened["number"]), 422, "not-what-was-shown");
        BadInput.AssertProblem(await App.AnswerAsync(request, "perhaps", opened["number"]), 400, "invalid-request");
        BadInput.AssertProblem(await App.AnswerAsync(request, "authenticate"), 400, "invalid-request");
        BadInput.AssertProblem(await App.AnswerAsync(request, "authenticate", "1x"), 400, "invalid-request");
        BadInput.AssertProblem(await App.AnswerAsync(request, "authenticate", "1234567"), 400, "invalid-request");
        BadInput.AssertProblem(await App.RequestsAsync("?wait=x"), 400, "invalid-request");
        var gone = request.DeepClone();
        gone["id"] = $"{opened["id"]}-2";
        BadInput.AssertProblem(await App.AnswerAsync(gone, "authenticate", opened["number"]), 410, "request-over");
        foreach (var id in new[] { "x", $"{opened["id"]}", $"{App.Id}-1", new string('a', 300) })
        {
            gone["id"] = id;
            BadInput.AssertProblem(await App.AnswerAsync(gone, "authenticate", opened["number"]), 401, "device-proof");
        }

        Assert.Equal("open", (await Shop.SeeAsync(opened["id"]))["state"]);
    }

    [Fact]
    public async Task A_key_that_is_none_activates_nothing_and_spends_no_try()
    {
        using var user = await Laptop.SignInAsync();
        var opened = await user.EnrollDeviceAsync();
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        var (good, wide) = (App.Jwk, curve.ExportParameters(false).Q);
        JsonObject With(Action<JsonObject> change)
        {
            var jwk = (JsonObject)good.DeepClone();
            change(jwk);
            return new() { ["device"] = new JsonObject { ["name"] = "Phone", ["platform"] = "x", ["publicKey"] = jwk } };
        }

        JsonObject[] bad =
        [
            With(k => k["kty"] = "RSA"),
            With(k => k["crv"] = "P-384"),
            With(k => (k["x"], k["y"]) = (WebEncoders.Base64UrlEncode(wide.X!), WebEncoders.Base64UrlEncode(wide.Y!))),
            With(k => (k["x"], k["y"]) = ((JsonNode)k["y"]!.DeepClone(), (JsonNode)k["x"]!.DeepClone())),
            With(k => k["x"] = new string('A', 43)),
            With(k => k["x"] = new string('=', 43)),
            With(k => k.Remove("y")),
            With(k => k["d"] = "secret"),
            new() { ["device"] = new JsonObject { ["name"] = "Phone", ["platform"] = "x" } },
            new() { ["device"] = new JsonObject { ["name"] = " ", ["platform"] = "x", ["publicKey"] = good.DeepClone() } },
            new() { ["device"] = new JsonObject { ["name"] = "a\u202eb", ["platform"] = "x", ["publicKey"] = good.DeepClone() } },
            new() { ["device"] = new JsonObject { ["name"] = new string('n', 61), ["platform"] = "x", ["publicKey"] = good.DeepClone() } },
            new() { ["device"] = "phone" },
        ];
        foreach (var body in bad)
        {
            BadInput.AssertProblem(await App.ActivateAsync(opened["id"], opened["activation.code"], body), 400, "invalid-request");
        }

        Assert.Equal("awaitingActivation", (await user.SeeAsync(opened["id"]))["state"]);
        foreach (var id in new[] { "x", opened["id"][..^1] + "1", opened["id"].Insert(27, "c"), App.Id + "x" })
        {
            BadInput.AssertProblem(await App.ActivateAsync(id, opened["activation.code"]), 404, "not-found");
        }

        var codes = await user.PostAsync("me/enrollments", new JsonObject { ["method"] = "mobileApp", ["mode"] = "code" });
        BadInput.AssertProblem(await App.ActivateAsync(codes["id"], "AAAA-AAAA"), 404, "not-found");
        // A newer enrollment of the kind took its place.
        BadInput.AssertProblem(await App.ActivateAsync(opened["id"], opened["activation.code"]), 410, "activation-over");
    }

    [Fact]
    public async Task A_fake_clock_of_a_phone_is_told_the_time()
    {
        await User.SetUpDeviceAsync(App, ("Mfa-Assertion", Assertion));
        using var slow = App.At(Laptop.Url);
        var refused = await slow.SendAsync(HttpMethod.Get, "requests", tamper: (_, c) => c["iat"] = 1_000_000_000);
        var server = long.Parse(refused["serverTime"], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(200, (await slow.SendAsync(HttpMethod.Get, "requests", tamper: (_, c) => c["iat"] = server)).Status);
    }

    private async Task<DeviceApp> StrangerAsync()
    {
        using var user = await Laptop.SignInAsync();
        var app = new DeviceApp(Laptop.Url);
        await user.SetUpDeviceAsync(app);
        return app;
    }
}
