namespace Mfa.Local.Tests;

public sealed class KeyFileTests
{
    [Fact]
    public void The_first_start_makes_a_file_that_only_its_owner_reads()
    {
        using var folder = new TemporaryFolder();
        var path = KeyFile.Ensure(folder["new"]);
        Assert.Contains("IndexKey", File.ReadAllText(path), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void The_key_that_wakes_devices_has_a_file_of_its_own_so_that_an_older_folder_gets_one_too()
    {
        using var folder = new TemporaryFolder();
        var older = File.ReadAllText(KeyFile.Ensure(folder.Path));
        var first = File.ReadAllText(KeyFile.EnsurePush(folder.Path));
        Assert.Contains("VapidKey", first, StringComparison.Ordinal);
        Assert.Equal((first, older), (File.ReadAllText(KeyFile.EnsurePush(folder.Path)), File.ReadAllText(KeyFile.Ensure(folder.Path))));
    }

    [Fact]
    public void A_later_start_keeps_the_file()
    {
        using var folder = new TemporaryFolder();
        var first = File.ReadAllText(KeyFile.Ensure(folder.Path));
        Assert.Equal(first, File.ReadAllText(KeyFile.Ensure(folder.Path)));
    }

    [Fact]
    public async Task First_starts_at_once_agree_on_one_file()
    {
        using var folder = new TemporaryFolder();
        var cancel = TestContext.Current.CancellationToken;
        using var gate = new Barrier(8);
        var seen = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() =>
        {
            gate.SignalAndWait(cancel);
            return File.ReadAllText(KeyFile.Ensure(folder.Path));
        }, cancel, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        Assert.Single(seen.Distinct());
        Assert.Single(Directory.GetFiles(folder.Path));
    }
}
