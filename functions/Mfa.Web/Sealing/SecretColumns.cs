using Mfa.Core;

namespace Mfa.Web;

/// <summary>The secrets of enrollments and methods, sealed to the column that holds them.</summary>
public sealed class SecretColumns(KeyRing keys)
{
    public string Seal(string enrollmentId, ReadOnlySpan<byte> secret) => keys.Seal(secret, Place(enrollmentId));

    /// <exception cref="System.Security.Cryptography.CryptographicException">It can't be opened.</exception>
    public Secret Open(Core.Enrollment enrollment) => Secret.From(keys.Open(enrollment.SealedSecret, Place(enrollment.Id)));

    // A method keeps its enrollment's sealed seed, and the id that it was sealed for.
    private static string Place(string enrollmentId) => $"accounts/{RowNames.AccountOf(enrollmentId)}/{enrollmentId}/secret";
}
