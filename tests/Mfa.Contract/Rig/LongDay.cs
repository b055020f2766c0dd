using Xunit;

namespace Mfa.Contract;

/// <summary>A head through which many users set something up, a quarter of them by text.</summary>
public static class LongDay
{
    private const int AtOnce = 16;

    /// <summary>Lets so many verify.</summary>
    /// <returns>The head's memory before and after, in bytes.</returns>
    public static async Task<(long Before, long After)> RunAsync(Storage storage, int verifications)
    {
        await using var laptop = await Laptop.WithoutHeadAsync(storage);
        // Without the taps between: they are part of this process and would only cost time.
        await using var head = await new HeadProcess(new Dictionary<string, string?>(laptop.Settings)
        {
            ["Storage:ConnectionString"] = Storage.Connection(storage.Tables, storage.Queues),
        }).StartAsync();
        var before = head.Memory;
        using var connections = new SocketsHttpHandler();
        var verified = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, verifications), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
        {
            using var user = await Person.SignInAsync(head.Url, connections: connections);
            Assert.Equal("verified", (await (n % 4 == 0 ? ByTextAsync(user, laptop) : ByCodeAsync(user)))["state"]);
            Interlocked.Increment(ref verified);
        });
        Assert.Equal(verifications, verified);
        return (before, head.Memory);
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
