using Xunit;

namespace Mfa.Contract;

/// <summary>What a head weighs after a long day.</summary>
public sealed class Memory(Storage storage)
{
    private const int Verifications = 10_000;
    private const int AtOnce = 16;
    private const long Limit = 200L * 1024 * 1024;

    [Fact]
    public async Task A_head_stays_below_200_MB_after_10_000_verifications()
    {
        await using var laptop = await Laptop.WithoutHeadAsync(storage);
        // Without the taps between: they are part of this process and would only cost time.
        await using var head = await new HeadProcess(new Dictionary<string, string?>(laptop.Settings)
        {
            ["Storage:ConnectionString"] = Storage.Connection(storage.Tables, storage.Queues),
        }).StartAsync();
        var first = head.Memory;
        using var connections = new SocketsHttpHandler();
        var verified = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, Verifications), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
        {
            using var user = await Person.SignInAsync(head.Url, connections: connections);
            Assert.Equal("verified", (await (n % 4 == 0 ? ByTextAsync(user, laptop) : ByCodeAsync(user)))["state"]);
            Interlocked.Increment(ref verified);
        });
        Assert.Equal(Verifications, verified);
        TestContext.Current.SendDiagnosticMessage("Memory: {0} MB at start, {1} MB after {2} verifications", first >> 20, head.Memory >> 20, verified);
        Assert.True(head.Memory < Limit, $"{head.Memory >> 20} MB");
    }

    private static async Task<Reply> ByTextAsync(Person user, Laptop laptop)
    {
        using var phone = new Handset(laptop.Network, Handset.NewNumber());
        var id = (await user.EnrollPhoneAsync(phone.Number))["id"];
        await user.ContactAsync(id);
        return await user.VerifyAsync(id, await phone.CodeAsync());
    }

    private static async Task<Reply> ByCodeAsync(Person user)
    {
        var app = await user.EnrollAppAsync();
        await user.ContactAsync(app["id"]);
        var seed = OtpNet.Base32Encoding.ToBytes(app["activation.secretKey"].Replace(" ", "", StringComparison.Ordinal));
        return await user.VerifyAsync(app["id"], new OtpNet.Totp(seed).ComputeTotp());
    }
}
