using Xunit;

namespace Mfa.Core.Tests;

/// <summary>What a user changes of their own account, and the second step that it takes.</summary>
public class OwnChangeTests
{
    private static readonly DateTimeOffset s_now = Play.Noon;
    private static readonly AccountPolicy s_policy = Enrolling.Policy;
    private static readonly ShownStep s_step = new("s1", s_now.AddMinutes(-10), s_now);

    [Fact]
    public void Removing_a_method_takes_a_young_second_step_once()
    {
        var full = AdminTests.Full();
        Assert.Equal(AccountFault.SecondStepRequired, full.Remove("phone", null, s_policy, s_now).Refusal?.Fault);
        Assert.Equal(AccountFault.SecondStepRequired, full.Remove("phone", s_step, s_policy, s_now.AddTicks(1)).Refusal?.Fault);
        var (removed, refusal) = full.Remove("phone", s_step, s_policy, s_now);
        Assert.Null(refusal);
        Assert.Equal(["app", "office"], removed.Methods.Select(m => m.Id));
        Assert.Equal(full.Preferred, removed.Preferred);

        var again = removed.Remove("app", s_step, s_policy, s_now);
        Assert.Same(removed, again.Account);
        Assert.Equal(AccountFault.SecondStepUsed, again.Refusal?.Fault);
        Assert.Equal(AccountFault.SecondStepUsed, removed.MayMakeCodes(s_step, s_policy, s_now)?.Fault);
        Assert.Null(removed.Remove("app", s_step with { Id = "s2" }, s_policy, s_now).Refusal);
        // What takes no step of its own takes this one still.
        Assert.Null(removed.Prefer(new("app", How.Code), s_step, s_policy, s_now).Refusal);
        Assert.Null(removed.ForgetBrowser("b1", s_step, s_policy, s_now).Refusal);
    }

    [Fact]
    public void Used_steps_are_forgotten_once_they_can_be_shown_no_more()
    {
        var full = AdminTests.Full();
        Assert.Equal(["s1", "used"], full.Remove("phone", s_step, s_policy, s_now).Account.UsedSteps.Keys.Order());
        var later = s_now.AddMinutes(7);
        Assert.Equal(["s2"], full.Remove("phone", new("s2", later, later.AddMinutes(10)), s_policy, later).Account.UsedSteps.Keys);
    }

    [Fact]
    public void What_is_preferred_moves_on_to_the_oldest_that_is_left()
    {
        var (removed, _) = AdminTests.Full().Remove("office", s_step, s_policy, s_now);
        Assert.Equal(new("phone", How.Text), removed.Preferred);
    }

    [Fact]
    public void Wrong_codes_of_a_kind_are_forgotten_with_its_last_method_and_no_sooner()
    {
        var full = AdminTests.Full();
        full = full with { Methods = full.Methods.Add(Enrolling.Method("app2", MethodKind.MobileApp)) };
        var (one, _) = full.Remove("app", s_step, s_policy, s_now);
        Assert.Equal(100, one.WrongCodes[MethodKind.MobileApp].InARow);
        Assert.Empty(one.Remove("app2", s_step with { Id = "s2" }, s_policy, s_now).Account.WrongCodes);
        Assert.NotEmpty(full.Remove("phone", s_step, s_policy, s_now).Account.WrongCodes);
    }

    [Fact]
    public void The_last_method_stays_while_it_is_required()
    {
        var account = AdminTests.Full() with { Methods = [Enrolling.Method("app", MethodKind.MobileApp)], Preferred = new("app", How.Code) };
        Assert.Equal(AccountFault.LastMethod, account.Remove("app", s_step, s_policy, s_now).Refusal?.Fault);
        var (free, refusal) = (account with { Required = false }).Remove("app", s_step, s_policy, s_now);
        Assert.Null(refusal);
        Assert.True(free is { Methods.IsEmpty: true, Preferred: null, RecoveryCodes: null, Browsers.IsEmpty: true });
    }

    [Fact]
    public void What_is_not_there_or_so_already_changes_nothing_and_needs_no_second_step()
    {
        var full = AdminTests.Full();
        Assert.Same(full, full.Remove("other", null, s_policy, s_now).Account);
        Assert.Same(full, full.ForgetBrowser("other", null, s_policy, s_now).Account);
        Assert.Same(full, full.Prefer(full.Preferred!, null, s_policy, s_now).Account);
        Assert.Equal(AccountFault.SecondStepRequired, full.Prefer(new("app", How.Code), null, s_policy, s_now).Refusal?.Fault);
        Assert.Equal(AccountFault.SecondStepRequired, full.ForgetBrowser("b1", null, s_policy, s_now).Refusal?.Fault);
    }

    [Fact]
    public void New_recovery_codes_take_the_place_of_the_old_and_need_a_method()
    {
        var codes = AdminTests.Codes() with { Hashes = ["new"] };
        var (kept, refusal) = AdminTests.Full().Keep(codes, s_step, s_policy, s_now);
        Assert.Null(refusal);
        Assert.Same(codes, kept.RecoveryCodes);
        Assert.True(kept.UsedSteps.ContainsKey("s1"));
        Assert.Equal(AccountFault.NoMethod, AdminTests.Account().Keep(codes, null, s_policy, s_now).Refusal?.Fault);
    }

    [Theory]
    [InlineData(MethodKind.MobileApp, null, new[] { How.Code })]
    [InlineData(MethodKind.OfficePhone, "+31612345678", new[] { How.Call })]
    [InlineData(MethodKind.AuthenticationPhone, "+31612345678", new[] { How.Text, How.Call })]
    [InlineData(MethodKind.AuthenticationPhone, "+31205550100", new[] { How.Call })]
    public void Each_kind_has_its_ways(MethodKind kind, string? number, How[] ways) =>
        Assert.Equal(ways, Ways.Of(kind, number is null ? null : PhoneNumber.FromE164(number)));
}
