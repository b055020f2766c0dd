using System.Diagnostics;
using Xunit;

namespace Mfa.Peers;

/// <summary>While the backend is away, or will not say, nobody is told that their password is wrong.</summary>
public sealed class DovecotAway(Storage storage) : DovecotTest(storage)
{
    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Policy:WrongAppPasswordsAnHour"] = "3" };

    [Fact]
    public async Task A_backend_that_is_stopped_is_a_temporary_failure_and_it_works_again_when_it_is_back()
    {
        await AssertAsync("OK");
        await Wire.DisposeAsync();
        await Task.WhenAll(AssertAsync(MailProgram.Later), AssertAsync(MailProgram.Later, "aaaa bbbb cccc dddd"), AssertAsync(MailProgram.Later, "no app password"));

        Assert.Contains("passdb-lua: not checked", Dovecot.Log, StringComparison.Ordinal);
        await using var back = await Tap.StartAsync(Laptop.Url, new Uri(Wire.Url).Port);
        await AssertAsync("OK");
    }

    [Fact]
    public async Task One_that_was_away_from_the_start_serves_once_it_is_there()
    {
        await Wire.DisposeAsync();
        await AssertAsync(MailProgram.Later);
        Assert.Contains("passdb-lua: no token", Dovecot.Log, StringComparison.Ordinal);
        await using var back = await Tap.StartAsync(Laptop.Url, new Uri(Wire.Url).Port);
        await AssertAsync("OK");
    }

    [Fact]
    public async Task One_that_hangs_holds_a_log_in_for_seconds_only()
    {
        await AssertAsync("OK");
        var hangs = new TaskCompletionSource();
        Wire.Decide = async _ =>
        {
            await hangs.Task;
            return Pass.Cut;
        };
        var began = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => LogInAsync()));
        Assert.All(answers, answer => Assert.StartsWith(MailProgram.Later, answer, StringComparison.Ordinal));
        // They were held; and however long the backend hangs, each had its answer before its own program gave up.
        Assert.True(began.Elapsed >= TimeSpan.FromSeconds(4), $"{began.Elapsed}");
        Wire.Decide = null;
        hangs.SetResult();
        await AssertAsync("OK");
    }

    [Fact]
    public async Task One_whose_storage_is_away_or_whose_answer_is_lost_is_a_temporary_failure()
    {
        await AssertAsync("OK");
        Laptop.Tables.Down = true;
        await AssertAsync(MailProgram.Later);
        Laptop.Tables.Down = false;
        foreach (var pass in new[] { Pass.Refuse, Pass.Cut, Pass.Reject })
        {
            Wire.Decide = _ => Task.FromResult(pass);
            await AssertAsync(MailProgram.Later);
        }

        Wire.Decide = null;
        Wire.Done = _ => Task.FromResult(Pass.LoseAnswer);
        await AssertAsync(MailProgram.Later);
        Wire.Done = null;
        await AssertAsync("OK");
        Assert.DoesNotContain("AUTHENTICATIONFAILED", Dovecot.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connection_that_is_cut_costs_a_second_question_and_nobody_their_log_in()
    {
        await AssertAsync("OK");
        var cut = 1;
        Wire.Decide = _ => Task.FromResult(Interlocked.Exchange(ref cut, 0) == 1 ? Pass.Cut : Pass.Through);
        var before = Asked(Verify);
        await AssertAsync("OK");
        Assert.Equal(2, Asked(Verify) - before);
    }

    [Fact]
    public async Task After_too_many_wrong_ones_others_are_not_called_wrong_and_the_right_one_serves()
    {
        foreach (var last in "def")
        {
            await AssertAsync(MailProgram.Wrong, $"aaaa bbbb cccc ddd{last}");
        }

        await AssertAsync(MailProgram.Later, "aaaa bbbb cccc dddg");
        await AssertAsync("OK");
        Assert.Contains(": 429", Dovecot.Log, StringComparison.Ordinal);
    }
}
