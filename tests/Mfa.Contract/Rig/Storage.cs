using Mfa.Local;
using Xunit;

[assembly: AssemblyFixture(typeof(Mfa.Contract.Storage))]

namespace Mfa.Contract;

/// <summary>One Azurite for the whole run, in a folder of its own.</summary>
public sealed class Storage : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mfa-contract-").FullName;
    private AzuriteChild? _azurite;

    /// <summary>Its tables.</summary>
    public string Tables { get; private set; } = "";

    /// <summary>Its queues.</summary>
    public string Queues { get; private set; } = "";

    /// <summary>Its blobs.</summary>
    public string Blobs { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var program = await AzuritePackage.FindAsync(_folder, CancellationToken.None);
        var ports = new AzuritePorts(FreePorts.Take(3));
        _azurite = AzuriteChild.Start(program, _folder, ports);
        (Tables, Queues, Blobs) = ($"http://127.0.0.1:{ports.Table}", $"http://127.0.0.1:{ports.Queue}", $"http://127.0.0.1:{ports.Blob}");
        await Handset.UntilAsync(() => ports.AnswerAsync(CancellationToken.None), up => up, "Azurite", 60);
    }

    /// <summary>A connection string whose requests go to these addresses.</summary>
    public static string Connection(string tables, string queues) =>
        "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;"
        + $"TableEndpoint={tables}/devstoreaccount1;QueueEndpoint={queues}/devstoreaccount1;";

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }
}
