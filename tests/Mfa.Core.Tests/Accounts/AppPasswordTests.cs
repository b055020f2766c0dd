using System.Collections.Immutable;
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
    public void In_a_day_three_hundred_wrong_ones_are_counted_whoever_shows_them_and_the_right_one_serves_all_the_same()
    {
        var (account, counted) = (Alice, 0);
        // Ten relying parties, a guess of each every three seconds, no two the same.
        for (var second = 0; second < 24 * 60 * 60; second += 3)
        {
            for (var client = 0; client < 10; client++)
            {
                var (next, refusal) = account.Showing($"rp{client}", null, $"{second}-{client}", s_policy, s_day.AddSeconds(second));
                Assert.Equal(refusal is null, !ReferenceEquals(next, account));
                counted += refusal is null ? 1 : 0;
                account = next;
            }

            Assert.Null(account.Showing("rp0", s_password, "", s_policy, s_day.AddSeconds(second)).Refusal);
        }

        Assert.Equal(300, counted);
        Assert.InRange(account.Since(Alice, s_day).Count(e => e.Kind == AuditKind.WrongAppPassword), 1, 10);
    }

    [Fact]
    public void Of_one_relying_party_a_hundred_an_hour_are_counted_and_of_others_more()
    {
        var account = Alice;
        for (var i = 0; i < 100; i++)
        {
            var before = account;
            (account, var none) = account.Showing("mail", null, $"{i}", s_policy, s_day.AddSeconds(i));
            Assert.Null(none);
            Assert.Equal(i == 0 ? 1 : 0, account.Since(before, s_day).Length);
        }

        Assert.Equal(new(AccountFault.TooManyFailures, s_day.AddHours(1)), account.Showing("mail", null, "another", s_policy, s_day.AddMinutes(30)).Refusal);
        Assert.Null(account.Showing("calendar", null, "another", s_policy, s_day.AddMinutes(30)).Refusal);
        Assert.Null(account.Showing("mail", null, "another", s_policy, s_day.AddHours(1)).Refusal);
        Assert.Null(account.Reset().Showing("mail", null, "another", s_policy, s_day.AddMinutes(30)).Refusal);
    }

    [Fact]
    public void Programs_that_go_on_with_revoked_ones_are_counted_once()
    {
        var account = Alice;
        for (var program = 0; program < 10; program++)
        {
            account = account.Showing("mail", null, $"revoked {program}", s_policy, s_day).Account;
        }

        for (var quarter = 1; quarter < 4 * 24 * 6; quarter++)
        {
            Assert.Equal((account, null), account.Showing("mail", null, $"revoked {quarter % 10}", s_policy, s_day.AddMinutes(15 * quarter)));
        }
    }

    [Fact]
    public void The_fullest_account_fits_into_its_row()
    {
        var name = new string('\u0416', 30);
        var full = Alice with
        {
            Methods = [.. Enumerable.Range(0, 10).Select(i => Alice.Methods[0] with { Id = $"{i}{new string('m', 60)}" })],
            Browsers = [.. Enumerable.Range(0, 10).Select(i => new RememberedBrowser { Id = new string('b', 30), Client = new string('c', 36), Application = name, Hash = new string('h', 44), CreatedAt = s_day, UsedAt = s_day, ExpiresAt = s_day, Epoch = 1 })],
            AppPasswords = [.. Enumerable.Range(0, AccountPolicy.AppPasswordsKept).Select(i => new AppPassword { Id = new string('i', 16), Name = name, Hash = new string('h', 44), KeyId = new string('k', 20), CreatedAt = s_day.AddTicks(1), LastUsed = new(2026, 3, 1) })],
            WrongPasswords = Enumerable.Range(0, 10).ToImmutableDictionary(i => $"{i}{new string('c', 36)}", i => new WrongPasswords(s_day.AddTicks(1), 100, [.. Enumerable.Range(0, 10).Select(m => $"{i:0000}{m:0000}")])),
        };
        // 64 KiB of UTF-16.
        Assert.InRange(System.Text.Json.JsonSerializer.Serialize(full, StateJson.Default.Account).Length, 20_000, 32_000);
    }

    [Fact]
    public void A_right_one_is_noted_once_a_day_and_takes_the_newest_key_then()
    {
        var newest = s_password with { KeyId = "new", Hash = "other" };
        var (used, _) = Alice.Showing("mail", newest, "", s_policy, s_day.AddHours(9));
        Assert.Equal(newest with { LastUsed = new(2026, 3, 1) }, Assert.Single(used.AppPasswords));
        Assert.Same(used, used.Showing("mail", s_password, "", s_policy, s_day.AddHours(23)).Account);
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
        var (made, _) = Alice.Make(s_password with { Id = "q" }, step, s_policy, s_day);
        Assert.Equal(AccountFault.SecondStepUsed, Fault(made with { AppPasswords = [] }, step, s_policy));
        // A save whose answer was lost, decided again.
        Assert.Equal((made, null), made.Make(s_password with { Id = "q" }, step, s_policy, s_day));
    }
}
