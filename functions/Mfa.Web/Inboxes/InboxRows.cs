using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>
/// The devices' inboxes: a row each, in the account's partition. What a device is asked stands in a column of its own, so it is written in
/// the batch of the decision without reading what else there is; the device's key stands with it, so that one read proves the device and answers it.
/// </summary>
public sealed class InboxRows(Tables tables, InboxItem items, TimeProvider time)
{
    /// <summary>The inbox of a device; null where there is none.</summary>
    public async Task<Inbox?> FindAsync(string deviceId, CancellationToken cancel)
    {
        if (!RowNames.IsId(deviceId))
        {
            return null;
        }

        var found = await tables.Accounts.GetEntityIfExistsAsync<TableEntity>(RowNames.AccountOf(deviceId), InboxNames.RowKey(deviceId), cancellationToken: cancel);
        if (!found.HasValue || found.Value!.GetString(InboxNames.Key) is not { Length: > 0 } key)
        {
            return null;
        }

        var row = found.Value!;
        var now = time.GetUtcNow();
        var live = Enumerable.Range(0, AccountPolicy.NotificationsKept).Select(slot => row.GetString(InboxNames.Item(slot))).Where(text => text is { Length: > 0 })
            .Select(text => (Text: text!, Json: JsonElement.Parse(text!)))
            .Where(i => i.Json.GetProperty("expiresAt").GetDateTimeOffset() > now)
            .OrderBy(i => i.Json.GetProperty("createdAt").GetDateTimeOffset())
            .Select(i => i.Text).ToList();
        var isGone = row.GetString(InboxNames.Gone) is { Length: > 0 };
        var push = row.GetString(InboxNames.Push);
        return new(deviceId, key, isGone, push is { Length: > 0 } ? push : null, isGone ? [] : live, Version(isGone, live));
    }

    /// <summary>Where a device is woken. Nobody else writes that column.</summary>
    public Task SubscribeAsync(string deviceId, string sealedSubscription, CancellationToken cancel) => PutAsync(deviceId, sealedSubscription, ETag.All, cancel);

    /// <summary>It can be woken there no more; where it has told another address meanwhile, that stays.</summary>
    public async Task DropAsync(string deviceId, string sealedSubscription, CancellationToken cancel)
    {
        var found = await tables.Accounts.GetEntityIfExistsAsync<TableEntity>(RowNames.AccountOf(deviceId), InboxNames.RowKey(deviceId), [InboxNames.Push], cancel);
        if (!found.HasValue || found.Value!.GetString(InboxNames.Push) != sealedSubscription)
        {
            return;
        }

        try
        {
            await PutAsync(deviceId, "", found.Value.ETag, cancel);
        }
        catch (RequestFailedException e) when (Faults.IsConflict(e))
        {
            // Asked something, or woken elsewhere: the next wake-up looks again.
        }
    }

    private Task<Response> PutAsync(string deviceId, string sealedSubscription, ETag tag, CancellationToken cancel) =>
        tables.Accounts.UpdateEntityAsync(new TableEntity(RowNames.AccountOf(deviceId), InboxNames.RowKey(deviceId)) { [InboxNames.Push] = sealedSubscription }, tag, TableUpdateMode.Merge, cancel);

    /// <summary>Forgets the inboxes of devices that the account does not have, once nobody has written them for so long: the app has been told by then.</summary>
    /// <param name="accountKey">The account.</param>
    /// <param name="account">It; null where it has no row.</param>
    /// <param name="keepFor">How long.</param>
    /// <param name="cancel">Cancels.</param>
    /// <returns>When to come again; null when there is nothing to come for.</returns>
    public async Task<DateTimeOffset?> ForgetAsync(string accountKey, Account? account, TimeSpan keepFor, CancellationToken cancel)
    {
        DateTimeOffset? again = null;
        var (from, to) = (InboxNames.Prefix, InboxNames.Prefix.Replace('-', '.'));
        await foreach (var row in tables.Accounts.QueryAsync<TableEntity>(
            r => r.PartitionKey == accountKey && r.RowKey.CompareTo(from) > 0 && r.RowKey.CompareTo(to) < 0, select: ["PartitionKey", "RowKey", "Timestamp"], cancellationToken: cancel))
        {
            if (account?.Method(row.RowKey[from.Length..]) is not null)
            {
                continue;
            }

            var due = row.Timestamp + keepFor;
            if (due <= time.GetUtcNow())
            {
                await tables.Accounts.DeleteEntityAsync(row, row.ETag, cancel);
            }
            else
            {
                again = again < due ? again : due;
            }
        }

        return again;
    }

    /// <summary>What a holder's change means for inboxes: a device that was activated, what it is asked, and what it is asked no more.</summary>
    /// <param name="before">The holder as it was; null where it is new.</param>
    /// <param name="after">The holder.</param>
    /// <param name="account">Its account.</param>
    internal IEnumerable<TableTransactionAction> Writes(Holder? before, Holder after, Account account)
    {
        var rows = new Dictionary<string, TableEntity>();
        TableEntity Row(string deviceId) =>
            rows.TryGetValue(deviceId, out var row) ? row : rows[deviceId] = new(account.Key, InboxNames.RowKey(deviceId));

        if (after is Core.Enrollment { Activation.Device: { } device } && before is not Core.Enrollment { Activation.Device: not null })
        {
            Row(((Core.Enrollment)after).NewMethodId)[InboxNames.Key] = device.PublicKey;
        }

        if (before?.Verification is { IsFinal: false } was && (after.Verification?.Id != was.Id || after.Verification.IsFinal))
        {
            foreach (var id in was.Devices)
            {
                Row(id)[InboxNames.Item(was.Slot)] = "";
            }
        }

        if (after.Verification is { IsFinal: false, Devices.IsEmpty: false } asked && asked.Id != before?.Verification?.Id)
        {
            var shown = items.Of(after, account);
            foreach (var id in asked.Devices)
            {
                Row(id)[InboxNames.Item(asked.Slot)] = shown;
            }
        }

        return rows.Values.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertMerge, row));
    }

    // Whole in every reader's numbers (RFC 8259 section 6).
    private static long Version(bool isGone, IEnumerable<string> live) =>
        (long)(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{isGone}\n{string.Join('\n', live)}"))) >> 12);
}
