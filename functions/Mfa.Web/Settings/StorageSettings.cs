namespace Mfa.Web;

/// <summary>Where state is kept.</summary>
/// <param name="ConnectionString">An Azure Storage connection string.</param>
/// <param name="TablePrefix">What the tables' names begin with: several services can share a storage account.</param>
public sealed record StorageSettings(string ConnectionString, string TablePrefix)
{
    public static StorageSettings Read(SettingsReader reader)
    {
        var prefix = reader.Optional("Storage:TablePrefix") ?? "mfa";
        if (prefix.Length > 20 || !prefix.All(char.IsAsciiLetterOrDigit) || !char.IsAsciiLetter(prefix[0]))
        {
            reader.Fault("Storage:TablePrefix", "is not up to 20 letters and digits, a letter first");
        }

        return new(reader.Required("Storage:ConnectionString", "an Azure Storage connection string"), prefix);
    }
}
