using Mfa.Core;

namespace Mfa.Web;

/// <summary>What became of an event.</summary>
/// <param name="Stored">The holder as it stands saved.</param>
/// <param name="Answer">What the verification made of the event.</param>
public sealed record Applied(StoredHolder Stored, Answer Answer);
