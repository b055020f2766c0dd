using Xunit;

namespace Mfa.Core.Tests;

public class BeginTests
{
    private static readonly Account s_enrolled =
        new() { Key = "a", Tenant = "contoso", User = "alice", Methods = [Enrolling.Method(phone: Enrolling.Phone())] };

    [Fact]
    public void The_first_method_needs_no_second_step()
    {
        var e = new Enrolling();
        Assert.Null(e.Begin());
        Assert.Equal(EnrollmentState.ReadyToContact, e.Current!.StateAt(e.Now));
        Assert.Equal(e.Now.AddMinutes(10), e.Current.ExpiresAt);
        Assert.Equal(e.Current.Id, e.Account.Latest[MethodKind.AuthenticationPhone]);
    }

    [Fact]
    public void Another_method_needs_a_second_step_of_the_last_ten_minutes()
    {
        var e = new Enrolling(s_enrolled);
        Assert.Equal(new(AccountFault.SecondStepRequired), e.Begin(MethodKind.MobileApp, How.Code));
        Assert.Equal(new(AccountFault.SecondStepRequired), e.Begin(MethodKind.MobileApp, How.Code, secondStepAt: e.Now.AddMinutes(-10).AddTicks(-1)));
        Assert.Null(e.Begin(MethodKind.MobileApp, How.Code, secondStepAt: e.Now.AddMinutes(-10)));
        Assert.Null(e.Begin(MethodKind.MobileApp, How.Code, secondStepAt: e.Now));
    }

    [Fact]
    public void A_refusal_changes_nothing()
    {
        var e = new Enrolling(s_enrolled);
        e.Begin(MethodKind.MobileApp, How.Code);
        Assert.Same(s_enrolled, e.Account);
        Assert.Null(e.Current);
    }

    [Fact]
    public void An_account_has_ten_methods_at_most()
    {
        var e = new Enrolling(s_enrolled with { Methods = [.. Enumerable.Range(0, 10).Select(i => Enrolling.Method($"m{i}"))] });
        Assert.Equal(new(AccountFault.MethodsLimit), e.Begin(secondStepAt: e.Now));
    }

    [Fact]
    public void A_kind_that_rests_after_a_fraud_report_can_not_be_begun_and_another_can()
    {
        var e = new Enrolling();
        var until = e.Now.AddHours(1);
        e.Account = e.Account with { PausedUntil = e.Account.PausedUntil.SetItem(MethodKind.AuthenticationPhone, until) };
        Assert.Equal(new(AccountFault.MethodPaused, until), e.Begin());
        Assert.Null(e.Begin(MethodKind.OfficePhone, How.Call));
        Assert.Null(e.Wait(TimeSpan.FromHours(1)).Begin());
    }

    [Fact]
    public void Three_new_numbers_a_day_and_those_again_as_often_as_one_likes()
    {
        var e = new Enrolling();
        foreach (var number in new[] { 1, 2, 3, 1, 2, 3 })
        {
            Assert.Null(e.Begin(number: number));
        }

        var tomorrow = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal(new(AccountFault.NumbersLimit, tomorrow), e.Begin(number: 4));
        Assert.Null(e.Wait(tomorrow - e.Now).Begin(number: 4));
    }

    [Fact]
    public void A_number_that_the_account_has_proved_is_not_new()
    {
        var e = new Enrolling(s_enrolled);
        Assert.Null(e.Begin(number: 1, secondStepAt: e.Now));
        Assert.Empty(e.Account.Today.Numbers);
    }

    [Fact]
    public void A_number_that_was_proved_is_given_back()
    {
        var e = new Enrolling();
        e.Begin(number: 1);
        e.Begin(number: 2);
        e.Contact();
        e.Prove();
        Assert.Equal(["number-1"], e.Account.Today.Numbers);
    }

    [Fact]
    public void A_newer_enrollment_changes_nothing_of_what_the_account_used_up()
    {
        var e = new Enrolling();
        e.Begin();
        e.Contact();
        e.Fail();
        var before = e.Account;
        e.Begin(number: 2);
        Assert.Equal(before.WrongCodes, e.Account.WrongCodes);
        Assert.Equal((2, 1, 1), (e.Account.Today.Opens, e.Account.Today.Contacts, e.Account.Today.Sends));
        Assert.Equal(["number-1", "number-2"], e.Account.Today.Numbers);
    }

    [Fact]
    public void Wrong_codes_stay_counted_over_midnight_and_the_counts_of_the_day_do_not()
    {
        var e = new Enrolling();
        e.Begin();
        e.Contact();
        e.Fail();
        e.Wait(TimeSpan.FromHours(12)).Begin();
        Assert.Equal(1, e.Account.WrongCodes[MethodKind.AuthenticationPhone].InARow);
        Assert.Equal((1, 0, 0), (e.Account.Today.Opens, e.Account.Today.Contacts, e.Account.Today.Sends));
        Assert.Equal(["number-1"], e.Account.Today.Numbers);
    }

    [Fact]
    public void A_cancelled_one_stays_as_it_ended()
    {
        var e = new Enrolling();
        e.Begin();
        var cancelled = (Enrollment)e.Current!.CallOff(e.Now).Holder;
        Assert.Equal(EnrollmentState.Cancelled, cancelled.StateAt(e.Now.AddHours(1)));
        Assert.Same(cancelled, cancelled.CallOff(e.Now.AddHours(1)).Holder);
    }

    [Fact]
    public void An_instance_whose_clock_is_behind_does_not_begin_the_day_before_anew()
    {
        var e = new Enrolling();
        e.Begin();
        Assert.Equal(1, e.Account.Today.On(e.Now.AddDays(-1)).Opens);
        Assert.Equal(0, e.Account.Today.On(e.Now.AddDays(1)).Opens);
    }
}
