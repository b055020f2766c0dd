namespace Mfa.Web;

/// <summary>Where state is kept: named by a connection string, or by an address that the head's identity opens.</summary>
/// <param name="ConnectionString">An Azure Storage connection string; empty where the address is given.</param>
/// <param name="TableServiceUri">The address of the account's tables; null where the connection string is given.</param>
/// <param name="TablePrefix">What the tables' names begin with: several services can share a storage account.</param>
public sealed record StorageSettings(string ConnectionString, Uri? TableServiceUri, string TablePrefix)
{
    /// <summary>Prints no key.</summary>
    public override string ToString() => nameof(StorageSettings);

    public static StorageSettings Read(SettingsReader reader)
    {
        var prefix = reader.Optional("Storage:TablePrefix") ?? "mfa";
        if (prefix.Length > 20 || !prefix.All(char.IsAsciiLetterOrDigit) || !char.IsAsciiLetter(prefix[0]))
        {
            reader.Fault("Storage:TablePrefix", "is not up to 20 letters and digits, a letter first");
        }

        if (reader.Optional("Storage:TableServiceUri") is null)
        {
            return new(reader.Required("Storage:ConnectionString", "an Azure Storage connection string; or set Storage__TableServiceUri"), null, prefix);
        }

        var address = reader.Address("Storage:TableServiceUri", "the address of a storage account's tables");
        if (address.Scheme != "https" && address.Host != "invalid.invalid")
        {
            reader.Fault("Storage:TableServiceUri", "is not https");
        }

        if (reader.Optional("Storage:ConnectionString") is not null)
        {
            reader.Fault("Storage:TableServiceUri", "can't stand beside Storage__ConnectionString");
        }

        return new("", address, prefix);
    }
}
