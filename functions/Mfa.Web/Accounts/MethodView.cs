using Mfa.Core;

namespace Mfa.Web;

/// <summary>A method as its user and an admin see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Method">Its kind.</param>
/// <param name="How">The way it was proved, and is used by default.</param>
/// <param name="Hows">The ways that it has.</param>
/// <param name="Phone">The number, masked.</param>
/// <param name="Device">The device, of an authenticator that gets notifications.</param>
/// <param name="VerifiedAt">When it was proved.</param>
/// <param name="LockedUntil">Until when wrong codes or a fraud report keep it from being used.</param>
/// <param name="Off">Whether too many wrong codes turned it off, until it is set up anew.</param>
public sealed record MethodView(
    string Id, string Method, string How, IReadOnlyList<string> Hows, string? Phone, DeviceView? Device, DateTimeOffset VerifiedAt, DateTimeOffset? LockedUntil, bool? Off)
{
    /// <summary>An account's methods.</summary>
    public static IReadOnlyList<MethodView> Of(Account account, AccountPolicy policy, DateTimeOffset now) => [.. account.Methods.Select(m => new MethodView(
        m.Id,
        Names.Camel(m.Kind),
        Names.Camel(m.How),
        [.. Ways.Of(m.Kind, m.Phone, m.Device is not null).Select(Names.Camel)],
        m.Phone?.Masked,
        DeviceView.Of(m, policy),
        m.VerifiedAt,
        account.MayProve(m.Kind, policy, now)?.RetryAt,
        account.IsLocked(m.Kind, policy) ? true : null))];
}
