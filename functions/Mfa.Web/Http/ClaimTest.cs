using System.Security.Claims;

namespace Mfa.Web;

/// <summary>A claim that tells tokens apart: that it is there, or that it has a value.</summary>
/// <param name="Name">The claim.</param>
/// <param name="Value">The value that counts; null for any.</param>
public sealed record ClaimTest(string Name, string? Value)
{
    /// <summary>Reads <c>name</c> or <c>name=value</c>.</summary>
    public static ClaimTest Parse(string text) => text.Split('=', 2, StringSplitOptions.TrimEntries) is [var name, var value] ? new(name, value) : new(text.Trim(), null);

    public bool IsIn(ClaimsPrincipal principal) => principal.HasClaim(c => c.Type == Name && (Value is null || c.Value == Value));
}
