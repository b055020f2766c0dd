using Mfa.Core;
using Microsoft.AspNetCore.Http;
using QRCoder;

namespace Mfa.Web;

/// <summary>Makes an enrollment's view for its user.</summary>
public sealed class EnrollmentViews(SecretColumns secrets, Assertions assertions, ServiceSettings service, CarrierSettings carrier, TimeProvider time)
{
    /// <summary>The view as an answer.</summary>
    public IResult Answer(StoredHolder stored, UserCaller user, int status = StatusCodes.Status200OK) => Wire.Json(Of(stored, user), status);

    private EnrollmentView Of(StoredHolder stored, UserCaller user)
    {
        var e = stored.Enrollment();
        var state = e.StateAt(time.GetUtcNow());
        var app = e.Kind == MethodKind.MobileApp;
        return new(
            e.Id,
            e.Version,
            Names.Camel(e.Kind),
            app ? Names.Camel(e.HasDevice ? How.Notification : How.Code) : null,
            app ? null : Names.Camel(e.How),
            e.Phone?.Masked,
            Names.Camel(state),
            e.Fault is { } fault ? Names.Kebab(fault) : null,
            app && e.Session == user.Session && state is (EnrollmentState.AwaitingActivation or EnrollmentState.ReadyToContact or EnrollmentState.Contacting) ? Activation(e, stored.Account, user) : null,
            VerificationView.Of(e),
            e.MethodId,
            state == EnrollmentState.Verified ? Recommendations.For(stored.Account, carrier.HasPhones) : null,
            // For the session that opened it, and no other; and not once the account was reset or blocked.
            e.Epoch == stored.Account.Epoch && e is { End: EnrollmentState.Verified, EndedAt: { } at, Verification: { } proof } && e.Session == user.Session ? assertions.Sign(stored.Account, e.Epoch, user.Session, proof, at) : null,
            e.CreatedAt,
            e.ExpiresAt);
    }

    private ActivationView Activation(Core.Enrollment e, Account account, UserCaller user)
    {
        var key = secrets.Open(e);
        var view = new ActivationView { AccountName = InboxItem.AccountName(account, user.Name), Issuer = service.Name, ExpiresAt = e.ExpiresAt };
        if (e.Activation is not { } activation)
        {
            var uri = Totp.Uri(key, service.Name, view.AccountName);
            return view with { QrContent = uri, QrSvg = Qr(uri), SecretKey = Totp.Grouped(key) };
        }

        if (activation.Device is { } device)
        {
            return view with { Device = new(device.Name, device.Platform, null) };
        }

        // In the fragment, which no server sees.
        var (code, url) = (ActivationCode.Derive(key, e.Id), $"{service.PublicUrl}/api/v1/activations/{e.Id}");
        var link = $"{service.PublicUrl}/authenticator#code={code.Scanned}&url={Uri.EscapeDataString(url)}";
        return view with { QrContent = link, QrSvg = Qr(link), Code = code.Typed, Url = url };
    }

    private static string Qr(string content)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(content, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return svg.GetGraphic(4);
    }
}
