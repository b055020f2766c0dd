using Microsoft.Extensions.Logging;

namespace Mfa.Local.Tests;

/// <summary>Heads in this process.</summary>
internal static class Heads
{
    /// <summary>A head on free ports, with storage of its own in the shared Azurite and its keys in a folder.</summary>
    public static Task<LocalHead> Start(SharedStorage storage, TemporaryFolder folder, Lines? log = null, params (string Name, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["Local:Url"] = "http://127.0.0.1:0",
            ["Local:DataPath"] = folder["keys"],
            ["Local:Queue"] = $"q-{Path.GetFileName(folder.Path).ToLowerInvariant()}",
            ["Storage:ConnectionString"] = storage.ConnectionString,
            ["Storage:TablePrefix"] = "t" + new string([.. Path.GetFileName(folder.Path).Where(char.IsAsciiLetterOrDigit).TakeLast(10)]),
            ["VirtualPhone:Url"] = "http://127.0.0.1:0",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        return LocalHead.StartAsync([], all, logging: logging =>
        {
            logging.ClearProviders();
            if (log is not null)
            {
                logging.AddProvider(log);
            }
        }, cancel: TestContext.Current.CancellationToken);
    }
}
