using System.Security.Cryptography;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>Hashes app passwords, and finds the one that is shown among those of an account.</summary>
public sealed class AppPasswordHashes(KeyRing keys, RowNames names)
{
    private const string Purpose = "app-password";
    private const int MarkLength = 8;

    /// <summary>The hash of a new one, and the key that it is made with.</summary>
    public (string Hash, string KeyId) Of(string accountKey, string id, string letters) =>
        (Convert.ToBase64String(keys.Hash(keys.Newest, Purpose, accountKey, id, letters)!), keys.Newest);

    /// <summary>
    /// The one that it is, hashed with the newest key; null where it is none. All are looked at, and as many as an account may have where
    /// it has fewer: the time tells neither whether one was right nor how many there are.
    /// </summary>
    public AppPassword? Find(Account account, string letters, AccountPolicy policy)
    {
        AppPassword? found = null;
        foreach (var password in account.AppPasswords)
        {
            found = IsSame(account.Key, password, letters) ? password : found;
        }

        for (var i = account.AppPasswords.Length; i < policy.AppPasswordsAtMost; i++)
        {
            IsSame(account.Key, s_none, letters);
        }

        if (found is null || found.KeyId == keys.Newest)
        {
            return found;
        }

        var (hash, key) = Of(account.Key, found.Id, letters);
        return found with { Hash = hash, KeyId = key };
    }

    /// <summary>What a wrong one is recognised by when it comes again: too little to find out what it was.</summary>
    public string Mark(string accountKey, string letters) => names.Hash("wrong-app-password", accountKey, letters)[..MarkLength];

    private static readonly AppPassword s_none = new() { Id = "", Hash = "", KeyId = "", CreatedAt = default };

    private bool IsSame(string accountKey, AppPassword password, string letters) =>
        keys.Hash(password.KeyId.Length == 0 ? keys.Newest : password.KeyId, Purpose, accountKey, password.Id, letters) is { } hash
        && CryptographicOperations.FixedTimeEquals(hash, password.Hash.Length == 0 ? new byte[hash.Length] : Convert.FromBase64String(password.Hash));
}
