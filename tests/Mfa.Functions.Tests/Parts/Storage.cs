using Mfa.Functions.Tests;
using Mfa.Local;

[assembly: AssemblyFixture(typeof(Storage))]

namespace Mfa.Functions.Tests;

/// <summary>One Azurite for the whole run, in a folder of its own; the tests differ in the names of their tables.</summary>
public sealed class Storage : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mfa-functions-").FullName;
    private readonly AzuritePorts _ports = new(FreePorts.Take(3));
    private LaptopStorage? _storage;

    public string ConnectionString => _ports.ConnectionString;

    /// <summary>Where the heads' keys are.</summary>
    public string Keys => Path.Combine(_folder, "keys");

    public async ValueTask InitializeAsync()
    {
        _storage = LaptopStorage.Start(_ports, _folder, _ => { });
        await _storage.Ready;
    }

    public async ValueTask DisposeAsync()
    {
        await _storage!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
