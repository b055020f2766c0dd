using System.Globalization;
using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>What became of an answer.</summary>
public sealed record AnsweredView(string State);

/// <summary>POST /devices/{id}/requests/{request}: what a device's user says. One read, and one batch.</summary>
public sealed class AnswerRequest(VerificationAdvance advance, SlowHash slow, AccountPolicy policy, TimeProvider time)
{
    private const int HashLength = 43;
    private const int DigitsAtMost = 6;

    private sealed record Asked(Decision Decision, int? Number, string? Pin, string Seen);

    public async Task<IResult> RunAsync(Call call)
    {
        var asked = Read(await Fields.ReadAsync(call.Request));
        var (proof, request) = (call.TheDevice, call.Value("request"));
        if (RowNames.Verification(request) is not var (holderId, _) || RowNames.AccountOf(holderId) != RowNames.AccountOf(proof.DeviceId))
        {
            return DeviceProof.Refusal(time.GetUtcNow());
        }

        Problem? unfit = null;
        var applied = await advance.ApplyAsync(holderId, Event, call.Aborted);
        return applied is null ? unfit ?? DeviceProof.Refusal(time.GetUtcNow()) : Answer(applied, proof.DeviceId);

        VerificationEvent? Event(StoredHolder stored)
        {
            if (!stored.Holder.Devices(stored.Account).TryGetValue(proof.DeviceId, out var device) || !proof.IsSignedBy(device.PublicKey))
            {
                return null;
            }

            call.IsFor(stored.Account);
            var agrees = asked.Decision == Decision.Authenticate;
            if (agrees && asked.Number is null && stored.Holder.Verification is { IsFinal: false, MatchNumber: not null })
            {
                unfit = Problem.Field("number", "is missing");
                return null;
            }

            if (agrees && device.Pin is not null && asked.Pin is null)
            {
                unfit = Problem.Of(StatusCodes.Status422UnprocessableEntity, "pin-required/enter");
                return null;
            }

            // The hash is dear: it is made only of what is judged.
            var hash = agrees && device.Pin is { } pin && !device.IsLocked(policy) && stored.Holder.Verification is { IsFinal: false } v && v.Id == request ? slow.Of(asked.Pin!, pin.Form) : null;
            return new NotificationAnswered(request, proof.DeviceId, asked.Decision, asked.Number, hash, asked.Seen);
        }
    }

    private static Asked Read(Fields fields)
    {
        var decision = fields.Choice("decision", ("authenticate", Decision.Authenticate), ("deny", Decision.Deny), ("fraud", Decision.Fraud));
        if (decision is null)
        {
            fields.Fault("decision", "is missing: authenticate, deny, fraud");
        }

        var typed = fields.Text("number", DigitsAtMost);
        int? number = int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var digits) ? digits : null;
        if (typed is not null && number is null)
        {
            fields.Fault("number", "is not a number");
        }

        var pin = fields.Text("pin", Pin.DigitsAtMost);
        var seen = fields.RequiredText("seen", HashLength);
        fields.ThrowOnFaults();
        return new(decision!.Value, number, pin, seen);
    }

    private IResult Answer(Applied applied, string deviceId) => applied.Refusal switch
    {
        { Fault: AccountFault.AccountReset or AccountFault.Superseded or AccountFault.Blocked } => Over(),
        { Fault: AccountFault.MethodGone } => DeviceRequests.Gone(),
        { } refusal => AccountProblems.Of(refusal, time.GetUtcNow()),
        null => applied.Answer switch
        {
            Core.Answer.Taken => Wire.Json(new AnsweredView(Names.Camel(applied.Stored.Holder.Verification!.State))),
            Core.Answer.WrongPin => Problem.Of(StatusCodes.Status422UnprocessableEntity, "wrong-pin") with
            {
                Members = [("triesLeft", Math.Max(0, policy.WrongPins - applied.Stored.Holder.Devices(applied.Stored.Account)[deviceId].WrongPins))],
            },
            Core.Answer.NotWhatWasShown => Problem.Of(StatusCodes.Status422UnprocessableEntity, "not-what-was-shown"),
            // It was removed while it answered.
            Core.Answer.Ignored => DeviceRequests.Gone(),
            _ => Over(),
        },
    };

    private static Problem Over() => Problem.Of(StatusCodes.Status410Gone, "request-over");
}
