using Mfa.Core;

namespace Mfa.Web;

/// <summary>An account as it was read.</summary>
/// <param name="Account">The account.</param>
/// <param name="Version">Its version; null where it has no row yet.</param>
/// <param name="Payload">What stands in its row.</param>
public sealed record StoredAccount(Account Account, string? Version, string Payload);
