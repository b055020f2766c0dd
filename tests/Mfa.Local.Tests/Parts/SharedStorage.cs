using Mfa.Local.Tests;

[assembly: AssemblyFixture(typeof(SharedStorage))]

namespace Mfa.Local.Tests;

/// <summary>One Azurite for all tests that don't stop it; they differ in the names of queues and tables.</summary>
public sealed class SharedStorage : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly AzuritePorts _ports = new(FreePorts.Take(3));
    private LaptopStorage? _storage;

    public string ConnectionString => _ports.ConnectionString;

    /// <summary>Where the package's place is noted.</summary>
    public string Folder => _folder.Path;

    public static string NewName() => $"t{Guid.NewGuid():n}"[..12];

    public async ValueTask InitializeAsync()
    {
        _storage = LaptopStorage.Start(_ports, _folder.Path, _ => { });
        await _storage.Ready;
    }

    public async ValueTask DisposeAsync()
    {
        await _storage!.DisposeAsync();
        _folder.Dispose();
    }
}
