using System.Globalization;
using Mfa.Core;
using Microsoft.AspNetCore.Http;
using QRCoder;

namespace Mfa.Web;

/// <summary>Makes an enrollment's view for its user.</summary>
public sealed class EnrollmentViews(SecretColumns secrets, Assertions assertions, MfaSettings settings, TimeProvider time)
{
    /// <summary>The view as an answer.</summary>
    public IResult Answer(StoredEnrollment stored, UserCaller user, int status = StatusCodes.Status200OK, bool proving = false) =>
        Results.Json(Of(stored, user, proving), WebJson.Wire.EnrollmentView, statusCode: status);

    private EnrollmentView Of(StoredEnrollment stored, UserCaller user, bool proving)
    {
        var e = stored.Enrollment;
        var state = e.StateAt(time.GetUtcNow());
        var app = e.Kind == MethodKind.MobileApp;
        return new(
            e.Id,
            e.Version,
            Names.Camel(e.Kind),
            app ? "code" : null,
            app ? null : Names.Camel(e.How),
            e.Phone?.Masked,
            Names.Camel(state),
            e.Fault is { } fault ? Names.Kebab(fault) : null,
            app && e.Session == user.Session && state is (EnrollmentState.ReadyToContact or EnrollmentState.Contacting) ? Activation(stored, user) : null,
            e.Verification is { } v ? Of(v, e.Phone) : null,
            e.MethodId,
            state == EnrollmentState.Verified ? Recommendations.For(stored.Account, settings.Carrier) : null,
            assertions.Of(stored, user, proving),
            e.CreatedAt,
            e.ExpiresAt);
    }

    private static VerificationView Of(Core.Verification v, PhoneNumber? phone)
    {
        var attempts = v.How switch { How.Text => v.Policy.Sends, How.Call => v.Policy.Calls, _ => 0 };
        DateTimeOffset? retryAt = v switch
        {
            { IsFinal: true } => null,
            { How: How.Text } when v.Attempt < v.Policy.Sends => v.LastSentAt + v.Policy.SendAgainAfter,
            _ => v.RetryAt,
        };
        return new(
            v.Id,
            Names.Camel(v.State),
            Names.Camel(v.How),
            v.Attempt,
            attempts,
            v.IsFinal ? null : v.MatchNumber?.ToString(CultureInfo.InvariantCulture),
            phone?.Masked,
            retryAt,
            v.Deadline,
            v.Reason is { } reason ? Names.Kebab(reason) : null,
            v.Reason == Reason.OptedOut ? Names.Camel(How.Call) : null);
    }

    private ActivationView Activation(StoredEnrollment stored, UserCaller user)
    {
        var seed = secrets.Open(stored.Enrollment);
        var account = user.Name ?? stored.Account.User[..Math.Min(64, stored.Account.User.Length)];
        var uri = Totp.Uri(seed, settings.Service.Name, account);
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return new(uri, svg.GetGraphic(4), Totp.Grouped(seed), account, settings.Service.Name, stored.Enrollment.ExpiresAt);
    }
}
