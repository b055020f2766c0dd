using Xunit;

namespace Mfa.Core.Tests;

/// <summary>A kind that too many wrong codes locked, set up anew.</summary>
public class AnewTests
{
    private static Enrolling Locked(int wrong = 100)
    {
        var e = new Enrolling(new Account
        {
            Key = "a",
            Tenant = "t",
            User = "u",
            Methods = [Enrolling.Method("old", phone: Enrolling.Phone(5)), Enrolling.Method("older", phone: Enrolling.Phone(6)), Enrolling.Method("app", MethodKind.MobileApp)],
            Preferred = new("old", How.Text),
        });
        e.Account = e.Account with { WrongCodes = e.Account.WrongCodes.SetItem(MethodKind.AuthenticationPhone, new(wrong, e.Now)) };
        return e;
    }

    [Fact]
    public void Its_proof_takes_the_place_of_all_others_of_the_kind()
    {
        var e = Locked();
        Assert.Null(e.Begin(secondStepAt: e.Now));
        Assert.True(e.Current!.SetsUpAnew(e.Account, Enrolling.Policy));
        e.Contact();
        e.Prove();
        Assert.Equal(["app", "m1"], e.Account.Methods.Select(m => m.Id));
        Assert.Equal("app", e.Account.Preferred!.MethodId);
        Assert.False(e.Account.IsLocked(MethodKind.AuthenticationPhone, Enrolling.Policy));
    }

    [Fact]
    public void A_number_that_was_of_a_method_before_stays_that_method()
    {
        var e = Locked();
        e.Begin(number: 5, secondStepAt: e.Now);
        e.Contact();
        e.Prove();
        Assert.Equal(["app", "old"], e.Account.Methods.Select(m => m.Id));
        Assert.Equal("old", e.Account.Preferred!.MethodId);
    }

    [Fact]
    public void It_waits_as_long_as_wrong_codes_make_one_wait_and_is_not_refused_by_the_lock()
    {
        var e = Locked();
        e.Begin(secondStepAt: e.Now.AddHours(1));
        Assert.Equal(new(AccountFault.TooManyFailures, e.Now.AddHours(1)), Anew(e));
        Assert.Null(Anew(e.Wait(TimeSpan.FromHours(1))));
        e.Account = e.Account with { PausedUntil = e.Account.PausedUntil.SetItem(MethodKind.AuthenticationPhone, e.Now.AddMinutes(1)) };
        Assert.Equal(AccountFault.MethodPaused, Anew(e)?.Fault);
        Assert.Equal(AccountFault.SecondStepRequired, Anew(e.Wait(TimeSpan.FromMinutes(11)))?.Fault);
        e.Account = e.Account with { Epoch = 1 };
        Assert.Equal(AccountFault.AccountReset, Anew(e)?.Fault);
    }

    [Fact]
    public void Without_a_second_step_or_the_lock_nothing_is_set_up_anew()
    {
        var e = new Enrolling();
        e.Account = e.Account with { WrongCodes = e.Account.WrongCodes.SetItem(MethodKind.AuthenticationPhone, new(100, null)) };
        e.Begin();
        Assert.False(e.Current!.SetsUpAnew(e.Account, Enrolling.Policy));

        var other = Locked(wrong: 99);
        other.Begin(secondStepAt: other.Now);
        Assert.False(other.Current!.SetsUpAnew(other.Account, Enrolling.Policy));
        other.Contact();
        other.Prove();
        Assert.Equal(4, other.Account.Methods.Length);
    }

    private static AccountRefusal? Anew(Enrolling e) => e.Current!.MayContact(e.Account, How.Text, Enrolling.Policy, e.Now);
}
