using Mfa.Core;

namespace Mfa.Web;

/// <summary>What a user should set up next.</summary>
public static class Recommendations
{
    /// <summary>An app first; beside it a phone, for when the app is lost, where there is a carrier.</summary>
    public static IReadOnlyList<string> For(Account account, CarrierSettings carrier)
    {
        bool Has(MethodKind kind) => account.Methods.Any(m => m.Kind == kind);
        IReadOnlyList<MethodKind> useful = carrier.Kind == CarrierKind.None ? [MethodKind.MobileApp] : [MethodKind.MobileApp, MethodKind.AuthenticationPhone];
        return [.. useful.Where(k => !Has(k)).Select(Names.Camel)];
    }
}
