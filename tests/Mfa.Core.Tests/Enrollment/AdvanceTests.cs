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
        AssertFault(e, AccountFault.AccountReset);
    }

    [Fact]
    public void A_newer_enrollment_of_the_kind_supersedes_it()
    {
        var e = Contacted();
        e.Account = e.Account with { Latest = e.Account.Latest.SetItem(MethodKind.AuthenticationPhone, "newer") };
        AssertFault(e, AccountFault.Superseded);
    }

    [Fact]
    public void It_can_not_slip_in_after_a_method_was_added()
    {
        var e = Contacted();
        e.Account = e.Account with { Methods = [Enrolling.Method()] };
        AssertFault(e, AccountFault.SecondStepRequired);
    }

    [Fact]
    public void A_fraud_report_pauses_the_kind_for_an_hour_and_no_other()
    {
        var e = Contacted(how: How.Call);
        e.CallAndPress("0", "#", "1");
        Assert.Equal(VerificationState.FraudReported, e.Current!.Verification!.State);
        Assert.Equal([new(MethodKind.AuthenticationPhone, e.Now.AddHours(1))], e.Account.PausedUntil);
        Assert.Equal(AccountFault.MethodPaused, e.MayContact()?.Fault);
        Assert.Empty(e.Account.Methods);
    }

    [Fact]
    public void A_wrong_code_counts_over_verifications_and_a_right_one_forgets_them()
    {
        var e = Contacted();
        for (var i = 1; i <= 5; i++)
        {
            Assert.Equal(Answer.WrongCode, e.Wait(TimeSpan.FromSeconds(1)).Fail());
            Assert.Equal(new(i, e.Now), e.Account.WrongCodes[MethodKind.AuthenticationPhone]);
        }

        Assert.Equal(Answer.Over, e.Fail());
        e.Contact();
        e.Fail();
        Assert.Equal(6, e.Account.WrongCodes[MethodKind.AuthenticationPhone].InARow);
        e.Prove();
        Assert.Empty(e.Account.WrongCodes);
    }

    [Fact]
    public void What_was_sent_is_never_given_back_to_the_account()
    {
        var e = Contacted();
        e.Contact();
        e.Wait(TimeSpan.FromSeconds(30)).Resend();
        e.Prove();
        Assert.Equal((3, 3, 2), (e.Account.Today.Sends, e.Account.Today.UnprovedSends, e.Account.Today.Contacts));
        e.Begin(secondStepAt: e.Now);
        e.Contact();
        Assert.Equal((4, 3), (e.Account.Today.Sends, e.Account.Today.UnprovedSends));
    }

    [Fact]
    public void A_call_that_needed_three_attempts_counts_once()
    {
        var e = Contacted(how: How.Call);
        for (var attempt = 1; attempt < 3; attempt++)
        {
            e.Step(new CallEnded($"busy-{attempt}", attempt, $"call-{attempt}", Reason.Busy));
            e.Wait(TimeSpan.FromSeconds(20)).Step(new Woke());
        }

        e.CallAndPress("#");
        Assert.Equal((3, 1), (e.Current!.Verification!.Attempt, e.Account.Today.Sends));
    }

    [Fact]
    public void A_contact_that_sends_nothing_counts_as_no_send()
    {
        var e = new Enrolling();
        e.Begin();
        var (_, account) = e.Current!.Contacted(Verification.Start("v", How.Text, Play.Key, new VerificationPolicy(), e.Now), e.Account, sends: false, Enrolling.Policy, e.Now, null);
        Assert.Equal((1, 0), (account.Today.Contacts, account.Today.Sends));
    }

    [Fact]
    public void A_cancelled_one_makes_no_method_and_still_drains()
    {
        var e = Contacted();
        e.Current = e.Current! with { End = EnrollmentState.Cancelled, EndedAt = e.Now };
        var before = e.Account;
        e.Prove();
        Assert.Same(before, e.Account);
        Assert.Equal((EnrollmentState.Cancelled, VerificationState.Verified), (e.Current!.StateAt(e.Now), e.Current.Verification!.State));
    }

    [Fact]
    public void Calling_it_off_cancels_its_verification_and_hangs_its_call_up()
    {
        var e = Contacted(how: How.Call);
        e.CallAndPress();
        var (holder, effects) = e.Current!.CallOff(e.Now);
        Assert.Equal((EnrollmentState.Cancelled, VerificationState.Cancelled), (((Enrollment)holder).StateAt(e.Now), holder.Verification!.State));
        Assert.Contains(effects, p => p.Effect is Say { Prompt: CallPrompt.GoodbyeFailed });
        Assert.Contains(holder.Verification.Pending, p => p.Effect == new HangUp("call"));
        var (again, nothing) = holder.CallOff(e.Now.AddHours(1));
        Assert.Same(holder, again);
        Assert.Empty(nothing);
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

    private static void AssertFault(Enrolling e, AccountFault fault)
    {
        var before = e.Account;
        e.Prove();
        Assert.Same(before, e.Account);
        Assert.Equal((EnrollmentState.Failed, fault), (e.Current!.StateAt(e.Now), e.Current.Fault));
        e.Prove();
        Assert.Same(before, e.Account);
    }
}
