using Azure.Data.Tables;
using Xunit;

namespace Mfa.Contract;

/// <summary>What could keep the purge from what is due.</summary>
public sealed class PurgeFaults(Storage storage) : PurgeTest(storage)
{
    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false", ["Policy:KeepFor"] = "02:00:00", ["Policy:IdempotencyWithin"] = "01:00:00" };

    [Fact]
    public async Task What_is_kept_for_less_than_a_day_is_noted_as_often()
    {
        var name = Person.NewName();
        foreach (var _ in new[] { 1, 2 })
        {
            using var user = await Laptop.SignInAsync(name);
            var id = (await user.EnrollAppAsync())["id"];
            await AfterAsync(TimeSpan.FromHours(4));
            Assert.False(await IsThereAsync(id));
        }
    }

    [Fact]
    public async Task A_row_that_storage_refuses_keeps_no_other()
    {
        var ids = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            using var user = await Laptop.SignInAsync();
            ids.Add((await user.EnrollAppAsync())["id"]);
        }

        Laptop.Tables.Decide = r => Task.FromResult(r.IsWrite && r.Path.EndsWith("$batch", StringComparison.Ordinal) && r.Body.Contains(ids[2], StringComparison.Ordinal) ? Pass.Reject : Pass.Through);
        await AfterAsync(TimeSpan.FromHours(4));
        Laptop.Tables.Decide = null;
        foreach (var id in ids)
        {
            Assert.Equal(id == ids[2], await IsThereAsync(id));
        }

        await AfterAsync(TimeSpan.FromHours(2));
        Assert.False(await IsThereAsync(ids[2]));
    }

    [Fact]
    public async Task A_storage_that_is_away_ends_the_run_and_its_notes_stay()
    {
        var id = (await User.EnrollAppAsync())["id"];
        Laptop.Tables.Decide = r => Task.FromResult(r.IsWrite ? Pass.Refuse : Pass.Through);
        await Assert.ThrowsAnyAsync<Exception>(() => AfterAsync(TimeSpan.FromHours(4)));
        Laptop.Tables.Decide = null;
        await AfterAsync(TimeSpan.Zero);
        Assert.False(await IsThereAsync(id));
    }

    private async Task<bool> IsThereAsync(string id) =>
        (await Table("accounts").GetEntityIfExistsAsync<TableEntity>(id[..26], $"enrollment-{id}")).HasValue;
}
