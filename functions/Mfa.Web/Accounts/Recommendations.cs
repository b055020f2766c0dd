using Mfa.Core;

namespace Mfa.Web;

/// <summary>What a user should set up next.</summary>
public static class Recommendations
{
    /// <summary>An app first; beside it a phone, for when the app is lost, where there is a carrier.</summary>
    public static IReadOnlyList<string> For(Account account, bool phones)
    {
        bool Has(MethodKind kind) => account.Methods.Any(m => m.Kind == kind);
        IReadOnlyList<MethodKind> useful = phones ? [MethodKind.MobileApp, MethodKind.AuthenticationPhone] : [MethodKind.MobileApp];
        return [.. useful.Where(k => !Has(k)).Select(Names.Camel)];
    }
}
