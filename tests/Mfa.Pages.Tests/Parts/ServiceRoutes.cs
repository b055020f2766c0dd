using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Mfa.Pages.Tests;

/// <summary>The routes.</summary>
internal sealed partial class Service
{
    private void Map()
    {
        _app.Use((http, next) =>
        {
            // Any origin: what proves a device is its signature, and there are no cookies.
            http.Response.Headers.AccessControlAllowOrigin = "*";
            http.Response.Headers.AccessControlAllowHeaders = "authorization, content-type";
            http.Response.Headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, DELETE";
            return next(http);
        });
        _app.MapMethods("/api/{**path}", ["OPTIONS"], () => Results.NoContent());
        _app.MapGet(AuthenticatorPages.Path, (HttpRequest request) => AuthenticatorPages.Answer(request));
        _app.MapGet(AuthenticatorPages.Path + "/{**file}", (HttpRequest request) => AuthenticatorPages.Answer(request));
        _app.MapPost("/api/v1/activations/{id}", ActivateAsync);
        _app.MapGet("/api/v1/devices/{id}/requests", (HttpRequest request, string id) => ProvenAsync(request, id, WaitAsync));
        _app.MapPost("/api/v1/devices/{id}/requests/{rid}", (HttpRequest request, string id, string rid) => ProvenAsync(request, id, (_, device, body) => Task.FromResult(Decide(device, rid, body))));
        _app.MapPut("/api/v1/devices/{id}/push", (HttpRequest request, string id) => ProvenAsync(request, id, (_, device, body) =>
        {
            device.Push = body;
            return Task.FromResult(Results.NoContent());
        }));
        _app.MapPatch("/api/v1/devices/{id}", (HttpRequest request, string id) => ProvenAsync(request, id, (_, device, body) =>
        {
            device.Name = body.GetProperty("name").GetString()!;
            return Task.FromResult(Results.NoContent());
        }));
        _app.MapDelete("/api/v1/devices/{id}", (HttpRequest request, string id) => ProvenAsync(request, id, (_, device, _) =>
        {
            device.Removed = true;
            return Task.FromResult(Results.NoContent());
        }));
    }

    private async Task<IResult> ActivateAsync(HttpRequest request, string id)
    {
        var body = (await JsonDocument.ParseAsync(request.Body)).RootElement;
        if (!_offers.TryGetValue(id, out var offer))
        {
            return Problem(404, "not-found");
        }

        if (offer.Tries == 0)
        {
            return Problem(410, "enrollment-over");
        }

        if (body.GetProperty("code").GetString() != offer.Code)
        {
            offer.Tries--;
            return Problem(422, "wrong-code", ("triesLeft", offer.Tries));
        }

        var pin = body.TryGetProperty("pin", out var given) ? given.GetString() : null;
        if (PinLength > 0 && pin is null)
        {
            return Problem(422, "pin-required", ("pinLength", PinLength));
        }

        if (pin is not null && pin.Distinct().Count() == 1)
        {
            return Problem(422, "pin-unfit");
        }

        var jwk = body.GetProperty("device").GetProperty("publicKey");
        var key = jwk.GetRawText();
        if (offer.Activated is { } activated)
        {
            return activated.Key == key ? Results.Text(activated.Answer.ToJsonString(), "application/json", null, 201) : Problem(410, "enrollment-over");
        }

        if (jwk.EnumerateObject().Select(m => m.Name).Order().SequenceEqual(["crv", "kty", "x", "y"]) && jwk.GetProperty("crv").GetString() == "P-256")
        {
            var point = new ECPoint { X = Point("x"), Y = Point("y") };
            var device = new DeviceRow(NewId("d"), body.GetProperty("device").GetProperty("name").GetString()!, ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point }), pin);
            var answer = new JsonObject
            {
                ["deviceId"] = device.Id,
                ["issuer"] = offer.Issuer,
                ["accountName"] = offer.Account,
                ["totp"] = new JsonObject { ["secret"] = Base32(Secret), ["algorithm"] = "SHA1", ["digits"] = 6, ["period"] = 30 },
                ["pinRequired"] = PinLength > 0,
                ["pinLength"] = Math.Max(PinLength, 4),
                ["pushKey"] = PushKey,
            };
            offer.Activated = (key, answer);
            Devices[device.Id] = device;
            return Results.Text(answer.ToJsonString(), "application/json", null, 201);
        }

        return Problem(400, "invalid-request");

        byte[] Point(string name) => System.Buffers.Text.Base64Url.DecodeFromChars(jwk.GetProperty(name).GetString());
    }

    private async Task<IResult> ProvenAsync(HttpRequest request, string id, Func<HttpRequest, DeviceRow, JsonElement, Task<IResult>> then)
    {
        using var buffer = new MemoryStream();
        await request.Body.CopyToAsync(buffer);
        if (!Devices.TryGetValue(id, out var device) || device.Removed)
        {
            return Problem(404, "not-found");
        }

        if (ProofCheck.Fault(request, buffer.ToArray(), device, Now) is { } fault)
        {
            Faults.Enqueue($"{request.Method} {request.Path}: {fault}");
            return Problem(401, "device-proof", ("serverTime", Now.ToString("yyyy-MM-ddTHH:mm:ssZ", null)));
        }

        if (device.PinTries == 0)
        {
            return Problem(403, "device-locked");
        }

        return await then(request, device, buffer.Length == 0 ? default : JsonDocument.Parse(buffer.ToArray()).RootElement);
    }

    private async Task<IResult> WaitAsync(HttpRequest request, DeviceRow device, JsonElement body)
    {
        var end = DateTime.UtcNow.AddSeconds(int.Parse(request.Query["wait"]!, null));
        while (request.Query["seen"] == $"{device.Version}" && !device.Removed && DateTime.UtcNow < end)
        {
            await Task.Delay(20, request.HttpContext.RequestAborted);
        }

        return device.Removed
            ? Problem(404, "not-found")
            : Results.Text(new JsonObject { ["version"] = $"{device.Version}", ["items"] = new JsonArray([.. device.Inbox.Values.Select(i => i.DeepClone())]) }.ToJsonString(), "application/json");
    }

    private static IResult Decide(DeviceRow device, string rid, JsonElement answer)
    {
        if (!device.Inbox.TryGetValue(rid, out var item))
        {
            return Problem(410, "request-over");
        }

        if (answer.GetProperty("seen").GetString() != Canonical.Hash(JsonDocument.Parse(item.ToJsonString()).RootElement))
        {
            return Problem(400, "invalid-request");
        }

        var agreed = answer.GetProperty("decision").GetString() == "authenticate";
        if (agreed && device.Pin is not null && answer.GetProperty("pin").GetString() != device.Pin)
        {
            device.PinTries--;
            return device.PinTries == 0 ? Problem(403, "device-locked") : Problem(422, "wrong-pin", ("triesLeft", device.PinTries));
        }

        device.Answers.Enqueue(answer.Clone());
        Withdraw(device, rid);
        var right = device.Number.Length == 0 || (agreed && answer.GetProperty("number").GetString() == device.Number);
        var state = answer.GetProperty("decision").GetString() switch { "authenticate" when right => "verified", "fraud" => "fraudReported", _ => "denied" };
        return Results.Text(new JsonObject { ["state"] = state }.ToJsonString(), "application/json");
    }

    private static string Base32(byte[] bytes)
    {
        var bits = string.Concat(bytes.Select(b => b.ToString("b8", null)));
        return string.Concat(bits.Chunk(5).Select(c => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Convert.ToInt32(new string(c).PadRight(5, '0'), 2)]));
    }
}
