using System.Text.Json;
using Xunit;

namespace Mfa.Core.Tests;

public class AdvanceTests
{
    private static Enrolling Contacted(MethodKind kind = MethodKind.AuthenticationPhone, How how = How.Text)
    {
        var e = new Enrolling();
        e.Begin(kind, how);
        e.Contact(how);
        return e;
    }

    [Fact]
    public void The_right_proof_makes_the_method()
    {
        var e = Contacted();
        e.Fail();
        Assert.Equal(Answer.Taken, e.Prove());
        var method = Assert.Single(e.Account.Methods);
        Assert.Equal((MethodKind.AuthenticationPhone, How.Text, Enrolling.Phone(), e.Now), (method.Kind, method.How, method.Phone, method.VerifiedAt));
        Assert.Equal(new Preferred(method.Id, How.Text), e.Account.Preferred);
        Assert.Equal((EnrollmentState.Verified, method.Id), (e.Current!.StateAt(e.Now), e.Current.MethodId));
    }

    [Fact]
    public void It_is_made_once_whatever_comes_afterwards()
    {
        var e = Contacted();
        e.Prove();
        var enrolled = e.Account;
        Assert.Equal(Answer.Taken, e.Prove());
        e.Step(new Woke());
        e.Step(new EffectDone(2, new SettleNumber(e.Current!.Verification!.Id, GiveBack: true)));
        Assert.True(e.Current.Verification!.IsOver);
        Assert.Same(enrolled, e.Account);
    }

    [Fact]
    public void The_step_of_an_app_code_is_recorded_with_its_method_and_seed()
    {
        var e = Contacted(MethodKind.MobileApp, How.Code);
        e.Step(new CodeTyped(Play.AppCode(e.Now), Play.Key));
        var method = Assert.Single(e.Account.Methods);
        Assert.Equal((Totp.StepAt(e.Now), "sealed"), (method.LastStep, method.SealedSeed));
    }

    [Fact]
    public void The_key_of_texts_is_not_kept_with_the_method()
    {
        var e = Contacted();
        e.Prove();
        Assert.Null(Assert.Single(e.Account.Methods).SealedSeed);
    }

    [Fact]
    public void A_second_method_leaves_the_first_preferred()
    {
        var e = Contacted();
        e.Prove();
        e.Begin(MethodKind.MobileApp, How.Code, secondStepAt: e.Now);
        e.Contact(How.Code);
        e.Step(new CodeTyped(Play.AppCode(e.Now), Play.Key));
        Assert.Equal(2, e.Account.Methods.Length);
        Assert.Equal(e.Account.Methods[0].Id, e.Account.Preferred!.MethodId);
    }

    [Fact]
    public void A_number_that_is_proved_again_stays_the_same_method()
    {
        var e = Contacted();
        e.Prove();
        var id = e.Account.Methods[0].Id;
        e.Wait(TimeSpan.FromMinutes(5)).Begin(how: How.Call, secondStepAt: e.Now);
        e.Contact(How.Call);
        e.CallAndPress("#");
        var method = Assert.Single(e.Account.Methods);
        Assert.Equal((id, How.Call, e.Now), (method.Id, method.How, method.VerifiedAt));
    }

    [Fact]
    public void An_account_that_was_reset_meanwhile_gets_no_method()
    {
        var e = Contacted();
        e.Account = e.Account with { Epoch = 1 };
        AssertFault(e, EnrollmentFault.AccountReset);
    }

    [Fact]
    public void A_newer_enrollment_of_the_kind_supersedes_it()
    {
        var e = Contacted();
        e.Account = e.Account with { Latest = e.Account.Latest.SetItem(MethodKind.AuthenticationPhone, "newer") };
        AssertFault(e, EnrollmentFault.Superseded);
    }

    [Fact]
    public void It_can_not_slip_in_after_a_method_was_added()
    {
        var e = Contacted();
        e.Account = e.Account with { Methods = [Enrolling.Method()] };
        AssertFault(e, EnrollmentFault.SecondStepRequired);
    }

    [Fact]
    public void A_fraud_report_pauses_the_kind_for_an_hour_and_no_other()
    {
        var e = Contacted(how: How.Call);
        e.CallAndPress("0", "#", "1");
        Assert.Equal(VerificationState.FraudReported, e.Current!.Verification!.State);
        Assert.Equal([new(MethodKind.AuthenticationPhone, e.Now.AddHours(1))], e.Account.PausedUntil);
        Assert.Equal(EnrollmentFault.MethodPaused, e.MayContact()?.Fault);
        Assert.Empty(e.Account.Methods);
    }

    [Fact]
    public void A_wrong_code_counts_over_verifications_and_a_right_one_forgets_them()
    {
        var e = Contacted();
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(Answer.WrongCode, e.Wait(TimeSpan.FromSeconds(1)).Fail());
            Assert.Equal((i, e.Now), (e.Current!.Usage.Failures, e.Current.Usage.FailedAt));
        }

        Assert.Equal(Answer.Over, e.Fail());
        e.Contact();
        e.Fail();
        Assert.Equal(6, e.Current!.Usage.Failures);
        e.Prove();
        Assert.Equal((0, null), (e.Account.Usage[MethodKind.AuthenticationPhone].Failures, e.Current.Usage.FailedAt));
    }

    [Fact]
    public void What_the_verified_one_sent_is_given_back_and_nothing_else()
    {
        var e = Contacted();
        e.Contact();
        e.Wait(TimeSpan.FromSeconds(30)).Resend();
        Assert.Equal(3, e.Current!.Usage.Sends);
        e.Prove();
        Assert.Equal(1, e.Account.Usage[MethodKind.AuthenticationPhone].Sends);
    }

    [Fact]
    public void A_call_that_needed_three_attempts_gives_back_the_one_send_that_it_counted()
    {
        var e = Contacted();
        e.Contact(How.Call);
        Assert.Equal(2, e.Current!.Usage.Sends);
        for (var attempt = 1; attempt < 3; attempt++)
        {
            e.Step(new CallEnded($"busy-{attempt}", attempt, $"call-{attempt}", Reason.Busy));
            e.Wait(TimeSpan.FromSeconds(20)).Step(new Woke());
        }

        e.CallAndPress("#");
        Assert.Equal((3, 1), (e.Current.Verification!.Attempt, e.Account.Usage[MethodKind.AuthenticationPhone].Sends));
    }

    [Fact]
    public void Proving_an_own_number_again_gives_back_nothing_that_others_used_up()
    {
        var e = Contacted();
        e.Prove();
        e.Begin(number: 2, secondStepAt: e.Now);
        e.Contact();
        e.Begin(number: 1, secondStepAt: e.Now);
        e.Contact();
        e.Prove();
        Assert.Equal(1, e.Account.Usage[MethodKind.AuthenticationPhone].Sends);
    }

    [Fact]
    public void What_was_sent_yesterday_is_not_given_back_today()
    {
        var e = new Enrolling().Wait(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(30));
        e.Begin();
        e.Contact();
        e.Wait(TimeSpan.FromSeconds(31)).Resend();
        Assert.Equal((1, 1), (e.Current!.Usage.Sends, e.Current.Counted));
    }

    [Fact]
    public void A_cancelled_one_makes_no_method_and_still_drains()
    {
        var e = Contacted();
        e.Current = e.Current!.Cancel(e.Now);
        var before = e.Account;
        e.Prove();
        Assert.Same(before, e.Account);
        Assert.Equal((EnrollmentState.Cancelled, VerificationState.Verified), (e.Current!.StateAt(e.Now), e.Current.Verification!.State));
    }

    [Fact]
    public void Where_it_stands_follows_time_and_its_verification()
    {
        var e = new Enrolling();
        e.Begin();
        Assert.Equal(EnrollmentState.ReadyToContact, e.Current!.StateAt(e.Now.AddMinutes(10).AddTicks(-1)));
        Assert.Equal(EnrollmentState.Expired, e.Current.StateAt(e.Now.AddMinutes(10)));
        e.Contact();
        Assert.Equal(EnrollmentState.Contacting, e.Current.StateAt(e.Now));
        e.Wait(TimeSpan.FromMinutes(2)).Step(new CancelAsked());
        Assert.Equal(EnrollmentState.ReadyToContact, e.Current.StateAt(e.Now));
        Assert.Equal(EnrollmentState.Expired, e.Current.StateAt(e.Now.AddMinutes(8)));
    }

    [Fact]
    public void A_step_that_changes_nothing_changes_neither_of_them()
    {
        var e = Contacted();
        var (enrollment, account) = (e.Current, e.Account);
        e.Step(new Woke());
        Assert.Same(enrollment, e.Current);
        Assert.Same(account, e.Account);
    }

    [Fact]
    public void They_survive_their_json()
    {
        var e = Contacted();
        e.Fail();
        e.Contact(How.Call, "key");
        e.CallAndPress("0", "#", "1");
        e.Begin(MethodKind.OfficePhone, How.Call);
        e.Contact(How.Call);
        e.CallAndPress("#");
        var account = JsonSerializer.Serialize(e.Account, StateJson.Default.Account);
        Assert.Equal(account, JsonSerializer.Serialize(JsonSerializer.Deserialize(account, StateJson.Default.Account)!, StateJson.Default.Account));
        var enrollment = JsonSerializer.Serialize(e.Current!, StateJson.Default.Enrollment);
        Assert.Equal(enrollment, JsonSerializer.Serialize(JsonSerializer.Deserialize(enrollment, StateJson.Default.Enrollment)!, StateJson.Default.Enrollment));
    }

    private static void AssertFault(Enrolling e, EnrollmentFault fault)
    {
        var before = e.Account;
        e.Prove();
        Assert.Same(before, e.Account);
        Assert.Equal((EnrollmentState.Failed, fault), (e.Current!.StateAt(e.Now), e.Current.Fault));
        e.Prove();
        Assert.Same(before, e.Account);
    }
}
