namespace Mfa.Core;

/// <summary>What a user chose to set up, with the random parts that the shell drew for it.</summary>
/// <param name="Id">The enrollment's id.</param>
/// <param name="MethodId">The id that its method will have.</param>
/// <param name="Kind">The method.</param>
/// <param name="How">The way.</param>
/// <param name="Phone">The number, of a phone.</param>
/// <param name="NumberKey">The number's partition key.</param>
/// <param name="SealedSecret">The authenticator's seed, or the key that codes are derived from, sealed.</param>
/// <param name="Session">The session of the first step; only it gets the assertion.</param>
/// <param name="Culture">The language of texts and calls.</param>
/// <param name="RequestHash">A hash of what was asked for, under an Idempotency-Key.</param>
public sealed record EnrollmentRequest(
    string Id, string MethodId, MethodKind Kind, How How, PhoneNumber? Phone, string? NumberKey, string SealedSecret,
    string? Session, string Culture, string? RequestHash)
{
    /// <summary>What the user is called where they signed in, for an app's list.</summary>
    public string? AccountName { get; init; }
}
