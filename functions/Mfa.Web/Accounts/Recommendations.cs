using Mfa.Core;

namespace Mfa.Web;

/// <summary>What a user should set up next.</summary>
public static class Recommendations
{
    /// <summary>An app first; beside it a phone, for when the app is lost.</summary>
    public static IReadOnlyList<string> For(Account account)
    {
        bool Has(MethodKind kind) => account.Methods.Any(m => m.Kind == kind);
        return [.. new[] { MethodKind.MobileApp, MethodKind.AuthenticationPhone }.Where(k => !Has(k)).Select(Names.Camel)];
    }
}
