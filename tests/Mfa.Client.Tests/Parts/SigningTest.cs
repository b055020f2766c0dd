using Mfa.Core;
using Mfa.Local;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Mfa.Client.Tests;

/// <summary>Heads that sign and publish, one after the other behind one address.</summary>
public abstract class SigningTest(Storage storage) : IAsyncLifetime
{
    private Laptop _laptop = null!;

    /// <summary>The address, whatever head is behind it.</summary>
    protected Tap Front { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _laptop = await Laptop.WithoutHeadAsync(storage);
        Front = await Tap.StartAsync("http://127.0.0.1:1");
    }

    public async ValueTask DisposeAsync()
    {
        await Front.DisposeAsync();
        await _laptop.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Deploys a head with these keys: from now on it is the one behind the address.</summary>
    /// <param name="keys">Keys by id.</param>
    /// <param name="settings">Others of <c>Assertion</c>.</param>
    protected async Task<LocalHead> DeployAsync(Dictionary<string, string> keys, params (string Name, string Value)[] settings)
    {
        var all = keys.Select(k => ("Keys:" + k.Key, k.Value)).Concat(settings).ToDictionary(s => "Assertion:" + s.Item1, s => (string?)s.Item2);
        all["Service:Issuer"] = Clients.Issuer;
        all["Local:ClockRuns"] = "false";
        var head = await _laptop.AddHeadAsync(settings: all);
        Front.Target = head.Url;
        return head;
    }

    internal static string Sign(LocalHead head, Func<AssertionOf, AssertionOf>? change = null)
    {
        var usual = new AssertionOf
        {
            Account = new() { Key = "k", Tenant = "contoso", User = "alice" },
            Epoch = 3,
            Audience = "shop",
            Jti = "v1",
            At = DateTimeOffset.UtcNow,
            For = TimeSpan.FromMinutes(5),
            Amr = Assertions.Amr(How.Text),
            Acr = Acr.SecondStep,
            Nonce = "n",
        };
        return Seen.Secret(head.Services.GetRequiredService<Assertions>().Sign(change?.Invoke(usual) ?? usual)!);
    }
}
