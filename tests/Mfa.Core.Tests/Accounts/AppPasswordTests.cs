using Xunit;

namespace Mfa.Core.Tests;

/// <summary>App passwords: what wrong ones are counted as, and what ends all of them.</summary>
public class AppPasswordTests
{
    private static readonly AccountPolicy s_policy = new() { AppPasswords = true };
    private static readonly DateTimeOffset s_day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly AppPassword s_password = new() { Id = "p", Name = "Mail", Hash = "hash", KeyId = "old", CreatedAt = s_day };

    private static Account Alice => Challenging.Alice() with { AppPasswords = [s_password] };

    [Fact]
    public void In_a_day_three_hundred_guesses_are_judged_whoever_shows_them()
    {
        var (account, judged) = (Alice, 0);
        // Ten relying parties, a guess of each every three seconds, no two the same.
        for (var second = 0; second < 24 * 60 * 60; second += 3)
        {
            for (var client = 0; client < 10; client++)
            {
                var (next, refusal) = account.Showing($"rp{client}", null, $"{second}-{client}", s_policy, s_day.AddSeconds(second));
                judged += refusal is null ? 1 : 0;
                account = next;
            }
        }

        Assert.Equal(300, judged);
    }

    [Fact]
    public void Of_one_relying_party_a_hundred_an_hour_are_judged_and_others_go_on()
    {
        var account = Alice;
        for (var i = 0; i < 100; i++)
        {
            (account, var none) = account.Showing("mail", null, $"{i}", s_policy, s_day.AddSeconds(i));
            Assert.Null(none);
        }

        Assert.Equal(new(AccountFault.TooManyFailures, s_day.AddHours(1)), account.Showing("mail", null, "another", s_policy, s_day.AddMinutes(30)).Refusal);
        // Nor is the right one, or it would be found among them.
        Assert.NotNull(account.Showing("mail", s_password, "", s_policy, s_day.AddMinutes(30)).Refusal);
        Assert.Null(account.Showing("calendar", s_password, "", s_policy, s_day.AddMinutes(30)).Refusal);
        Assert.Null(account.Showing("mail", s_password, "", s_policy, s_day.AddHours(1)).Refusal);
    }

    [Fact]
    public void A_program_that_goes_on_with_a_revoked_one_locks_nobody_out()
    {
        var (account, _) = Alice.Showing("mail", null, "revoked", s_policy, s_day);
        for (var minute = 1; minute < 50; minute++)
        {
            Assert.Same(account, account.Showing("mail", null, "revoked", s_policy, s_day.AddMinutes(minute)).Account);
        }
    }

    [Fact]
    public void A_right_one_is_noted_once_a_day_and_takes_the_newest_key()
    {
        var newest = s_password with { KeyId = "new", Hash = "other" };
        var (used, _) = Alice.Showing("mail", newest, "", s_policy, s_day.AddHours(9));
        Assert.Equal(newest with { LastUsed = new(2026, 3, 1) }, Assert.Single(used.AppPasswords));
        Assert.Same(used, used.Showing("mail", used.AppPasswords[0], "", s_policy, s_day.AddHours(23)).Account);
        Assert.Equal(new(2026, 3, 2), used.Showing("mail", used.AppPasswords[0], "", s_policy, s_day.AddHours(24)).Account.AppPasswords[0].LastUsed);
    }

    [Fact]
    public void They_end_with_a_reset_a_block_and_the_last_method()
    {
        Assert.Empty(Alice.Reset().AppPasswords);
        Assert.Empty(Alice.Block(s_day).AppPasswords);
        Assert.Empty(Alice.Erase(s_day).AppPasswords);
        var last = Alice with { Methods = Alice.Methods[..1], Required = false };
        Assert.Empty(last.Remove(last.Methods[0].Id, new("s", s_day, s_day.AddMinutes(10)), s_policy, s_day).Account.AppPasswords);
    }

    [Fact]
    public void None_is_made_without_a_method_a_second_step_or_leave()
    {
        ShownStep step = new("s", s_day, s_day.AddMinutes(10));
        AccountFault? Fault(Account account, ShownStep? shown, AccountPolicy policy) => account.Make(s_password with { Id = "q" }, shown, policy, s_day).Refusal?.Fault;
        Assert.Equal(AccountFault.AppPasswordsOff, Fault(Alice, step, new()));
        Assert.Equal(AccountFault.NoMethod, Fault(Alice with { Methods = [] }, step, s_policy));
        Assert.Equal(AccountFault.SecondStepRequired, Fault(Alice, null, s_policy));
        Assert.Equal(AccountFault.AppPasswordsLimit, Fault(Alice, step, s_policy with { AppPasswordsAtMost = 1 }));
        Assert.Null(Fault(Alice, step, s_policy));
    }
}
