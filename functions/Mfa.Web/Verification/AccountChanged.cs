using Mfa.Core;

namespace Mfa.Web;

/// <summary>What became of an account.</summary>
/// <param name="Before">It, as it was decided on.</param>
/// <param name="After">It, as it stands now.</param>
/// <param name="Refusal">Why nothing was changed, where the decision refused.</param>
public sealed record AccountChanged(StoredAccount Before, StoredAccount After, AccountRefusal? Refusal);
