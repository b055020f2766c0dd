using Azure.Data.Tables;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>The names in the rows of devices' inboxes.</summary>
internal static class InboxNames
{
    /// <summary>The columns: the device's key, where it is woken, and whether the account has it no more.</summary>
    public const string Key = "Key";

    public const string Push = "Push";

    public const string Gone = "Gone";

    /// <summary>What the names of inboxes begin with.</summary>
    public const string Prefix = "inbox-";

    /// <summary>The name of a device's inbox.</summary>
    public static string RowKey(string deviceId) => Prefix + deviceId;

    /// <summary>The column of what a device is asked, by its place.</summary>
    public static string Item(int slot) => $"Item{slot}";

    /// <summary>The inbox of a device that the account has no more: it tells so, and nothing else but the key.</summary>
    public static TableEntity Emptied(string accountKey, string deviceId)
    {
        var row = new TableEntity(accountKey, RowKey(deviceId)) { [Gone] = "true", [Push] = "" };
        foreach (var slot in Enumerable.Range(0, AccountPolicy.NotificationsKept))
        {
            row[Item(slot)] = "";
        }

        return row;
    }
}
