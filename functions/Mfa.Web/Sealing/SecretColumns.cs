using Mfa.Core;

namespace Mfa.Web;

/// <summary>The secrets of holders and methods, sealed to the column that holds them.</summary>
public sealed class SecretColumns(KeyRing keys)
{
    public string Seal(string holderId, ReadOnlySpan<byte> secret) => keys.Seal(secret, Place(holderId));

    /// <exception cref="System.Security.Cryptography.CryptographicException">It can't be opened.</exception>
    public Secret Open(Holder holder) => Secret.From(keys.Open(holder.SealedSecret, Place(holder.Id)));

    /// <summary>The seed of the device that activated an enrollment.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It can't be opened.</exception>
    public Secret OpenSeed(Core.Enrollment enrollment) => Secret.From(keys.Open(enrollment.Activation!.SealedSeed!, Place(enrollment.Id)));

    /// <summary>The seed of an authenticator.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It can't be opened.</exception>
    public Secret OpenSeed(ContactMethod method) => Secret.From(keys.Open(method.SealedSeed!, Place(method.SeedOf!)));

    /// <summary>Seals where a device is woken.</summary>
    public string SealSubscription(string deviceId, string subscription) => keys.Seal(System.Text.Encoding.UTF8.GetBytes(subscription), SubscriptionPlace(deviceId));

    /// <summary>Where a device is woken.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">It can't be opened.</exception>
    public string OpenSubscription(string deviceId, string text) => System.Text.Encoding.UTF8.GetString(keys.Open(text, SubscriptionPlace(deviceId)));

    private static string SubscriptionPlace(string deviceId) => $"accounts/{RowNames.AccountOf(deviceId)}/{deviceId}/push";

    // A method keeps its enrollment's sealed seed, and the id that it was sealed for.
    private static string Place(string holderId) => $"accounts/{RowNames.AccountOf(holderId)}/{holderId}/secret";
}
