using Azure.Core;
using Azure.Data.Tables;

namespace Mfa.Web;

/// <summary>The tables. Requests are point reads and batches of one partition; only the purge asks for a range.</summary>
public sealed class Tables
{
    /// <param name="settings">Where they are.</param>
    /// <param name="credential">The head's identity, where the settings give no connection string.</param>
    public Tables(StorageSettings settings, TokenCredential? credential)
    {
        var options = new TableClientOptions();
        // A person waits: a few quick tries, then a plain answer. What was not done then is done when asked again, or by the clock.
        options.Retry.MaxRetries = 2;
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(5);
        var service = settings.TableServiceUri is { } address
            ? new TableServiceClient(address, credential ?? throw new InvalidOperationException("This head has no identity for Storage__TableServiceUri."), options)
            : new TableServiceClient(settings.ConnectionString, options);
        Accounts = service.GetTableClient(settings.TablePrefix + "accounts");
        Numbers = service.GetTableClient(settings.TablePrefix + "numbers");
        Directory = service.GetTableClient(settings.TablePrefix + "directory");
        Purge = service.GetTableClient(settings.TablePrefix + "purge");
        Audit = service.GetTableClient(settings.TablePrefix + "audit");
    }

    /// <summary>Accounts and their enrollments: one partition an account.</summary>
    public TableClient Accounts { get; }

    /// <summary>Telephone numbers: one row a number.</summary>
    public TableClient Numbers { get; }

    /// <summary>User names: one row a name.</summary>
    public TableClient Directory { get; }

    /// <summary>What is to be forgotten, by the hour: one row an enrollment.</summary>
    public TableClient Purge { get; }

    /// <summary>What happened, a tenant's accounts together, by the hour.</summary>
    public TableClient Audit { get; }

    /// <summary>Makes the tables where they are not there.</summary>
    public Task CreateAsync(CancellationToken cancel) =>
        Task.WhenAll(new[] { Accounts, Numbers, Directory, Purge, Audit }.Select(table => table.CreateIfNotExistsAsync(cancel)));
}
