using Azure;
using Mfa.Web;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Mfa.Functions;

/// <summary>Makes the tables where they are missing. A storage that does not answer now does not keep the head from starting.</summary>
internal sealed class TablesAtStart(Tables tables, ILogger<TablesAtStart> log) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await tables.CreateAsync(cancellationToken);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            log.LogError("The storage can't be used now ({Fault} {Status}); requests will say so until it can", e.GetType().Name, (e as RequestFailedException)?.Status);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
