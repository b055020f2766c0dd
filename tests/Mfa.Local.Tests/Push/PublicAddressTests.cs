using System.Net;
using Mfa.Core;
using Mfa.Web;

namespace Mfa.Local.Tests;

/// <summary>No request that a user addressed goes into our own network.</summary>
public sealed class PublicAddressTests
{
    private static readonly IPAddress s_public = IPAddress.Parse("142.250.1.95");

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("142.250.1.95")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("2a00:1450:400e::5f")]
    [InlineData("2606:4700::1111")]
    [InlineData("2001:200::1")]
    public void An_address_of_the_public_internet_is_public(string address) => Assert.True(PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.0.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.1")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("::ffff:0:10.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b:1::10.0.0.1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:0:4136:e378:8000:63bf:3fff:fdd2")]
    [InlineData("2001:20::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:a00:1::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%2")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Any_other_is_not(string address) => Assert.False(PublicAddress.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task A_name_that_leads_elsewhere_once_it_is_kept_leads_nowhere()
    {
        await using var push = await Pushing.StartAsync();
        var inside = await push.SubscribeAsync();
        var settings = Pushing.SettingsOf(allowLoopback: false, hosts: "*");
        var looks = 0;
        var network = new PublicNetwork(false, (_, _) => Task.FromResult<IPAddress[]>([looks++ == 0 ? s_public : IPAddress.Loopback]));
        var keys = Pushing.Keys();
        var kept = await new PushEndpoints(settings, network).TakeAsync("https://rebinding.example/", keys.P256dh, keys.Auth, TestContext.Current.CancellationToken);
        Assert.Null(kept.Fault);

        // The very server that it leads to now, at the port where it listens.
        using var carrier = new WebPush(settings, network, TimeProvider.System, push.Log.For<WebPush>());
        var there = new PushSubscription(new($"http://rebinding.example:{inside.Endpoint.Port}{inside.Endpoint.AbsolutePath}"), keys.P256dh, keys.Auth);
        Assert.Equal(CarrierAnswer.No(Reason.Undeliverable), await carrier.WakeAsync(there, new("t", TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken));
        Assert.Equal(2, looks);
        Assert.Contains("not public", Assert.Single(push.Log.Warnings), StringComparison.Ordinal);
        Assert.Empty(await push.MessagesAsync(inside));

        // A test of the test: where loopback is allowed, the same name gets as far as the server, which knows it isn't meant.
        using var open = new WebPush(settings, new(true, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback])), TimeProvider.System, push.Log.For<WebPush>());
        await open.WakeAsync(there, new("t", TimeSpan.FromMinutes(1)), TestContext.Current.CancellationToken);
        Assert.Contains(push.Log.Warnings, line => line.Contains("does not let us in (403)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_address_that_is_not_public_among_others_refuses_them_all()
    {
        var network = new PublicNetwork(false, (_, _) => Task.FromResult<IPAddress[]>([s_public, IPAddress.Parse("10.0.0.1")]));
        await Assert.ThrowsAsync<AddressRefusedException>(() => network.ResolveAsync("mixed.example", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_systems_own_resolver_is_looked_after_too()
    {
        await Assert.ThrowsAsync<AddressRefusedException>(() => new PublicNetwork(false).ResolveAsync("localhost", TestContext.Current.CancellationToken));
        Assert.NotEmpty(await new PublicNetwork(true).ResolveAsync("localhost", TestContext.Current.CancellationToken));
    }
}
