using Xunit;

namespace Mfa.Core.Tests;

public class MayContactTests
{
    private static readonly DateTimeOffset s_tomorrow = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private static Enrolling Begun()
    {
        var e = new Enrolling();
        e.Begin();
        return e;
    }

    private static Enrolling AfterFailures(int failures)
    {
        var e = Begun();
        e.Account = e.Account with { WrongCodes = e.Account.WrongCodes.SetItem(MethodKind.AuthenticationPhone, new(failures, e.Now)) };
        return e;
    }

    [Fact]
    public void Ten_sends_a_day_to_numbers_that_are_not_proved()
    {
        var e = Begun();
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(e.MayContact());
            e.Contact();
        }

        Assert.Equal(new(AccountFault.SendsLimit, s_tomorrow), e.MayContact());
        Assert.Equal(new(AccountFault.SendsLimit, s_tomorrow), e.MayContact(How.Call));
        e.Begin(number: 2);
        Assert.Equal(new(AccountFault.SendsLimit, s_tomorrow), e.MayContact());
        Assert.Equal(AccountFault.SendsLimit, e.Wait(s_tomorrow - e.Now - TimeSpan.FromTicks(1)).MayContact()?.Fault);
        Assert.Null(e.Wait(TimeSpan.FromTicks(1)).MayContact());
    }

    [Fact]
    public void Another_text_of_the_same_verification_counts_too()
    {
        var e = Begun();
        e.Contact();
        e.Wait(TimeSpan.FromSeconds(30)).Resend();
        Assert.Equal((2, 1), (e.Account.Today.Sends, e.Account.Today.Contacts));
    }

    [Fact]
    public void Twenty_sends_a_day_to_whatever_number()
    {
        var e = new Enrolling(new Account { Key = "a", Tenant = "t", User = "u", Methods = [Enrolling.Method(phone: Enrolling.Phone())] });
        e.Begin(secondStepAt: e.Now);
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(e.MayContact());
            e.Contact();
            Assert.Equal(Answer.Taken, e.Prove());
            e.Begin(secondStepAt: e.Now);
        }

        Assert.Equal(new(AccountFault.SendsLimit, s_tomorrow), e.MayContact());
        Assert.Equal((20, 0), (e.Account.Today.Sends, e.Account.Today.UnprovedSends));
    }

    [Fact]
    public void Thirty_opened_and_sixty_contacts_a_day_of_every_kind()
    {
        var e = new Enrolling();
        for (var i = 0; i < 30; i++)
        {
            Assert.Null(e.Begin(MethodKind.MobileApp, How.Code));
            Assert.Null(e.MayContact(How.Code));
            e.Contact(How.Code);
            e.Contact(How.Code);
        }

        Assert.Equal(new(AccountFault.OpensLimit, s_tomorrow), e.Begin());
        Assert.Equal(new(AccountFault.ContactsLimit, s_tomorrow), e.MayContact(How.Code));
        e.Wait(s_tomorrow - e.Now);
        Assert.Null(e.MayContact(How.Code));
        Assert.Null(e.Begin());
    }

    [Fact]
    public void An_older_enrollment_of_the_kind_and_one_of_an_older_epoch_are_not_contacted()
    {
        var e = Begun();
        e.Account = e.Account with { Latest = e.Account.Latest.SetItem(MethodKind.AuthenticationPhone, "newer") };
        Assert.Equal(new(AccountFault.Superseded), e.MayContact());
        e.Account = e.Account with { Epoch = 1 };
        Assert.Equal(new(AccountFault.AccountReset), e.MayContact());
    }

    [Fact]
    public void A_code_of_an_app_sends_nothing()
    {
        var e = new Enrolling();
        e.Begin(MethodKind.MobileApp, How.Code);
        for (var i = 0; i < 15; i++)
        {
            Assert.Null(e.MayContact(How.Code));
            e.Contact(How.Code);
        }

        Assert.Equal((0, 15), (e.Account.Today.Sends, e.Account.Today.Contacts));
    }

    [Theory]
    [InlineData(10, 30), InlineData(11, 60), InlineData(12, 120), InlineData(16, 1920), InlineData(17, 3600), InlineData(18, 3600), InlineData(50, 3600), InlineData(99, 3600)]
    public void From_the_tenth_failure_on_the_waits_double_to_an_hour(int failures, int seconds)
    {
        var e = AfterFailures(failures);
        var freeAt = e.Now.AddSeconds(seconds);
        Assert.Equal(new(AccountFault.TooManyFailures, freeAt), e.MayContact());
        Assert.NotNull(e.Wait(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1)).MayContact());
        Assert.Null(e.Wait(TimeSpan.FromTicks(1)).MayContact());
    }

    [Fact]
    public void Nine_failures_need_no_wait() => Assert.Null(AfterFailures(9).MayContact());

    [Fact]
    public void A_hundred_failures_lock_the_method_for_good()
    {
        var e = AfterFailures(100);
        Assert.Equal(new(AccountFault.MethodLocked), e.MayContact());
        Assert.Equal(new(AccountFault.MethodLocked), e.Wait(TimeSpan.FromDays(30)).MayContact());
        Assert.Null(e.Begin(MethodKind.OfficePhone, How.Call));
        Assert.Null(e.MayContact(How.Call));
    }

    [Fact]
    public void The_second_step_must_be_young_still()
    {
        var e = new Enrolling(new Account { Key = "a", Tenant = "t", User = "u", Methods = [Enrolling.Method()] });
        e.Begin(secondStepAt: e.Now);
        Assert.Null(e.Wait(TimeSpan.FromMinutes(10)).MayContact());
        Assert.Equal(new(AccountFault.SecondStepRequired), e.Wait(TimeSpan.FromTicks(1)).MayContact());
    }

    [Fact]
    public void An_enrollment_that_needed_none_needs_one_when_a_method_was_added_meanwhile()
    {
        var e = Begun();
        e.Account = e.Account with { Methods = [Enrolling.Method()] };
        Assert.Equal(new(AccountFault.SecondStepRequired), e.MayContact());
    }

    [Fact]
    public void Nobody_is_contacted_by_a_kind_that_rests()
    {
        var e = Begun();
        var until = e.Now.AddHours(1);
        e.Account = e.Account with { PausedUntil = e.Account.PausedUntil.SetItem(MethodKind.AuthenticationPhone, until) };
        Assert.Equal(new(AccountFault.MethodPaused, until), e.MayContact());
        Assert.Null(e.Wait(TimeSpan.FromHours(1)).MayContact());
    }

    [Fact]
    public void Its_life_is_renewed_by_each_contact_and_every_verification_has_its_own_id()
    {
        var e = Begun();
        e.Wait(TimeSpan.FromMinutes(9)).Contact();
        Assert.Equal(("e1-1", e.Now.AddMinutes(10)), (e.Current!.Verification!.Id, e.Current.ExpiresAt));
        e.Contact();
        Assert.Equal("e1-2", e.Current.Verification!.Id);
    }

    [Fact]
    public void Every_key_of_a_contact_is_remembered()
    {
        var e = Begun();
        for (var i = 0; i < 20; i++)
        {
            e.Contact(contactKey: $"key-{i}");
        }

        e.Contact(contactKey: null);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"key-{i}"), e.Current!.ContactKeys);
    }
}
