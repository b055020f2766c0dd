using Xunit;

namespace Mfa.Contract;

/// <summary>What a head weighs after a long day; after one four times as long, <c>Mfa.Benchmarks -- memory</c> tells.</summary>
public sealed class Memory(Storage storage)
{
    private const int Verifications = 2_500;
    private const long Limit = 200L * 1024 * 1024;

    [Fact]
    public async Task A_head_stays_below_200_MB_after_2_500_verifications()
    {
        var (before, after) = await LongDay.RunAsync(storage, Verifications);
        TestContext.Current.SendDiagnosticMessage("Memory: {0} MB at start, {1} MB after {2} verifications", before >> 20, after >> 20, Verifications);
        Assert.True(after < Limit, $"{after >> 20} MB");
    }
}
