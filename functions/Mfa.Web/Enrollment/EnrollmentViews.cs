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
            app ? "code" : null,
            app ? null : Names.Camel(e.How),
            e.Phone?.Masked,
            Names.Camel(state),
            e.Fault is { } fault ? Names.Kebab(fault) : null,
            app && e.Session == user.Session && state is (EnrollmentState.ReadyToContact or EnrollmentState.Contacting) ? Activation(e, stored.Account, user) : null,
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
        var seed = secrets.Open(e);
        var name = user.Name ?? account.User[..Math.Min(64, account.User.Length)];
        var uri = Totp.Uri(seed, service.Name, name);
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(uri, QRCodeGenerator.ECCLevel.M);
        using var svg = new SvgQRCode(data);
        return new(uri, svg.GetGraphic(4), Totp.Grouped(seed), name, service.Name, e.ExpiresAt);
    }
}
