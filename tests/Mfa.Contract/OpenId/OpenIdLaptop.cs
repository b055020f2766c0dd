using Xunit;

namespace Mfa.Contract;

/// <summary>A laptop with programs before it, which the tests of a class share.</summary>
public sealed class OpenIdLaptop(Storage storage) : IAsyncLifetime
{
    public Laptop Laptop { get; private set; } = null!;

    /// <summary>A program that may do all.</summary>
    public OpenIdParty Program { get; private set; } = null!;

    /// <summary>A program that takes the first step itself.</summary>
    public OpenIdParty Owner { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Laptop = await Laptop.StartAsync(storage, OpenIdParty.Settings);
        (Program, Owner) = (new(Laptop.Url), new(Laptop.Url, "owner"));
    }

    public async ValueTask DisposeAsync()
    {
        Program?.Dispose();
        Owner?.Dispose();
        if (Laptop is not null)
        {
            await Laptop.DisposeAsync();
        }
    }
}
