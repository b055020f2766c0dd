using System.Text.Json.Nodes;

namespace Mfa.Tests;

/// <summary>What became of a sign-in at Entra.</summary>
/// <param name="Request">Which; null where the answer names none that waits.</param>
/// <param name="Error">The error that was answered: <c>access_denied</c>.</param>
/// <param name="Fault">Why Entra does not take the answer; null where it does.</param>
/// <param name="Claims">What the answer says, where it was taken.</param>
internal sealed record EntraOutcome(EntraRequest? Request, string? Error, string? Fault, JsonObject? Claims)
{
    /// <summary>Whether the user is signed in.</summary>
    public bool IsSignedIn => Claims is not null;

    /// <summary>The one way in which it was done (RFC 8176).</summary>
    public string? Amr => Claims?["amr"]?[0]?.ToString();

    public override string ToString() => IsSignedIn ? $"signed in by {Amr}" : Fault is not null ? $"not taken: {Fault}" : $"error: {Error}";
}
