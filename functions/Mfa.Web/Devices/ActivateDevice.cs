using System.Security.Cryptography;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>What an authenticator app has to know once it is activated.</summary>
public sealed record ActivatedView(string DeviceId, string Issuer, string AccountName, ActivatedView.TotpView Totp, bool PinRequired, int? PinLength, string? PushKey)
{
    /// <summary>The seed of its codes, and what they are (RFC 6238).</summary>
    public sealed record TotpView(string Secret, string Algorithm, int Digits, int Period);
}

/// <summary>POST /activations/{id}: an authenticator app brings the code of an enrollment and its key. The code is the proof.</summary>
public sealed class ActivateDevice(
    HolderRows rows, RowLocks locks, InboxRows inboxes, DevicePush pushes, IPushCarrier push, SecretColumns secrets, SlowHash slow, ServiceSettings service, AccountPolicy policy, TimeProvider time)
{
    private const int TriesAtMost = 20;
    private const int SeedBytes = 20;
    private const int CodeAtMost = 64;

    private sealed record Asked(string Code, string Name, string Platform, string PublicKey, string? Pin, Fields? Push);

    public async Task<IResult> RunAsync(Call call)
    {
        var asked = Read(await Fields.ReadAsync(call.Request));
        var id = call.Value("id");
        if (!RowNames.IsId(id) || RowNames.MarkOf(id) != EnrollmentMark)
        {
            return Problem.NotFound();
        }

        PushSubscription? subscription = null;
        using (await locks.TakeAsync(id, call.Aborted))
        {
            for (var tries = 1; tries <= TriesAtMost; tries++)
            {
                if (await rows.RefreshAsync(id, call.Aborted) is not { Holder: Core.Enrollment { Activation: not null } enrollment } stored)
                {
                    return Problem.NotFound();
                }

                var isRight = ActivationCode.Derive(secrets.Open(enrollment), id).Matches(asked.Code);
                if (isRight)
                {
                    call.IsFor(stored.Account);
                }

                if (isRight && enrollment.Activation.Device is null && PinFault(asked.Pin) is { } unfit)
                {
                    return unfit;
                }

                // A name is looked up for who has the code.
                subscription = isRight && asked.Push is { } told ? subscription ?? await pushes.ReadAsync(told, call.Aborted) : null;
                var (next, answer) = enrollment.Activate(isRight, Made(asked, enrollment.Activation.AccountName, isRight && enrollment.Activation.Device is null), Seed(id), stored.Account, policy, time.GetUtcNow());
                var saved = ReferenceEquals(next, enrollment) ? stored : await rows.SaveAsync(stored, next, stored.Account);
                if (saved is not null)
                {
                    return await AnswerAsync((Core.Enrollment)saved.Holder, saved.Account, answer, subscription, call.Aborted);
                }

                await Contention.PauseAsync(tries, call.Aborted);
            }
        }

        throw new ContendedException();
    }

    // Enrollments were first: their ids carry no letter.
    private const string EnrollmentMark = "";

    private static Asked Read(Fields fields)
    {
        var code = fields.RequiredText("code", CodeAtMost);
        var device = fields.Part("device");
        if (device is null)
        {
            fields.Fault("device", "is missing");
        }

        var name = device is null ? "" : DeviceName.Read(device, "name");
        var platform = device?.RequiredText("platform", DeviceName.AtMost) ?? "";
        var key = device?.Part("publicKey") is { } jwk ? DeviceKey.Read(jwk) : null;
        if (key is null)
        {
            device?.Fault("publicKey", "is no public key on P-256 as a JWK");
        }

        var pin = fields.Text("pin", CodeAtMost);
        var push = fields.Part("push");
        fields.ThrowOnFaults();
        return new(code, name, platform, key!, pin, push);
    }

    private Problem? PinFault(string? pin) =>
        !policy.PinRequired ? null
        : pin is null ? Problem.Of(StatusCodes.Status422UnprocessableEntity, "pin-required/choose") with { Members = [("pinLength", policy.PinLength)] }
        : pin.Length < policy.PinLength || pin.Length > Pin.DigitsAtMost || !pin.All(char.IsAsciiDigit) || pin.Distinct().Count() == 1 ? Problem.Of(StatusCodes.Status422UnprocessableEntity, "pin-unfit") with { Members = [("pinLength", policy.PinLength)] }
        : null;

    private Device Made(Asked asked, string? accountName, bool withPin)
    {
        var form = SlowHash.NewForm();
        return new()
        {
            Name = asked.Name,
            Platform = asked.Platform,
            PublicKey = asked.PublicKey,
            AccountName = accountName,
            // The hash is dear: it is made for who has the code.
            Pin = withPin && policy.PinRequired && asked.Pin is { } pin ? new(form, slow.Of(pin, form)) : null,
        };
    }

    private string Seed(string id) => secrets.Seal(id, RandomNumberGenerator.GetBytes(SeedBytes));

    private async Task<IResult> AnswerAsync(Core.Enrollment e, Account account, ActivationAnswer answer, PushSubscription? subscription, CancellationToken aborted)
    {
        if (answer == ActivationAnswer.WrongCode)
        {
            return Problem.Of(StatusCodes.Status422UnprocessableEntity, "wrong-code") with { Members = [("triesLeft", policy.ActivationCodes - e.Activation!.WrongCodes)] };
        }

        if (answer != ActivationAnswer.Activated)
        {
            return Problem.Of(StatusCodes.Status410Gone, "activation-over");
        }

        if (subscription is not null)
        {
            await inboxes.SubscribeAsync(e.NewMethodId, secrets.SealSubscription(e.NewMethodId, StoredSubscription.Write(subscription)), aborted);
        }

        var (device, seed) = (e.Activation!.Device!, secrets.OpenSeed(e));
        return Wire.Json(
            new ActivatedView(
                e.NewMethodId, service.Name, InboxItem.AccountName(account, device.AccountName), new(Totp.Base32(seed), "SHA1", Totp.Digits, Totp.Period), device.Pin is not null, device.Pin is null ? null : policy.PinLength, push.PublicKey),
            StatusCodes.Status201Created);
    }
}
