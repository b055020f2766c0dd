using Azure.Core;
using Azure.Data.Tables;

namespace Mfa.Web;

/// <summary>The tables. Requests are point reads and batches of one partition; none is a query.</summary>
public sealed class Tables
{
    public Tables(StorageSettings settings)
    {
        var options = new TableClientOptions();
        // A person waits: a few quick tries, then a plain answer. What was not done then is done when asked again, or by the clock.
        options.Retry.MaxRetries = 2;
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(5);
        var service = new TableServiceClient(settings.ConnectionString, options);
        Accounts = service.GetTableClient(settings.TablePrefix + "accounts");
        Numbers = service.GetTableClient(settings.TablePrefix + "numbers");
    }

    /// <summary>Accounts and their enrollments: one partition an account.</summary>
    public TableClient Accounts { get; }

    /// <summary>Telephone numbers: one row a number.</summary>
    public TableClient Numbers { get; }

    /// <summary>Makes the tables where they are not there.</summary>
    public async Task CreateAsync(CancellationToken cancel)
    {
        await Accounts.CreateIfNotExistsAsync(cancel);
        await Numbers.CreateIfNotExistsAsync(cancel);
    }
}
