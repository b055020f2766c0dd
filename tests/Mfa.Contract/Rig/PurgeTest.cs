using Azure.Data.Tables;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Mfa.Contract;

/// <summary>A test of what the purge does as time passes. No clock runs, so nobody else tidies up.</summary>
public abstract class PurgeTest(Storage storage) : LaptopTest(storage)
{
    /// <summary>The head's clock.</summary>
    protected FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

    protected override TimeProvider Time => Clock;

    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false", ["Policy:KeepAuditFor"] = "3.00:00:00" };

    protected Purge Purge => Laptop.Head.Services.GetRequiredService<Purge>();

    protected TableClient Table(string name) => new(Laptop.Settings["Storage:ConnectionString"], Laptop.Settings["Storage:TablePrefix"] + name);

    /// <summary>Time passes, and then the purge runs.</summary>
    protected async Task AfterAsync(TimeSpan span)
    {
        Clock.Advance(span);
        await Purge.RunAsync(Xunit.TestContext.Current.CancellationToken);
    }
}
