using Mfa.Core;

namespace Mfa.Web;

/// <summary>What became of an event.</summary>
/// <param name="Stored">The holder as it stands saved.</param>
/// <param name="Answer">What it made of the event.</param>
/// <param name="Refusal">Why the event was not even looked at.</param>
public sealed record Applied(StoredHolder Stored, Answer Answer, AccountRefusal? Refusal = null);
