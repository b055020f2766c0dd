namespace Mfa.Benchmarks;

/// <summary>What a head weighs after a long day.</summary>
internal static class MemoryOfADay
{
    public static async Task RunAsync(int verifications)
    {
        var storage = new Storage();
        await using var _ = storage;
        await storage.InitializeAsync();
        var (before, after) = await LongDay.RunAsync(storage, verifications);
        Console.WriteLine($"{before >> 20} MB at the start, {after >> 20} MB after {verifications} verifications");
    }
}
