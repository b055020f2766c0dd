using System.Text.Json;
using Xunit;

namespace Mfa.Core.Tests;

/// <summary>What an admin makes of an account.</summary>
public class AdminTests
{
    private static readonly DateTimeOffset s_now = Play.Noon;

    internal static Account Full() => new()
    {
        Key = "a",
        Tenant = "contoso",
        User = "alice",
        Epoch = 3,
        Required = true,
        GraceUntil = s_now.AddDays(2),
        UserName = "alice@contoso.example",
        DisplayName = "Alice",
        Email = "alice@contoso.example",
        Culture = "nl-NL",
        OfficePhone = Enrolling.Phone(9),
        Methods = [Enrolling.Method("phone", phone: Enrolling.Phone()), Enrolling.Method("app", MethodKind.MobileApp), Enrolling.Method("office", MethodKind.OfficePhone, Enrolling.Phone(9))],
        Preferred = new("office", How.Call),
        Latest = Account().Latest.SetItem(MethodKind.MobileApp, "e1"),
        PausedUntil = Account().PausedUntil.SetItem(MethodKind.OfficePhone, s_now.AddHours(1)),
        WrongCodes = Account().WrongCodes.SetItem(MethodKind.MobileApp, new(100, s_now)),
        RecoveryCodes = Codes(),
        Bypass = Bypass(),
        Browsers = [Browser("b1"), Browser("b2")],
        UsedSteps = Account().UsedSteps.SetItem("used", s_now.AddMinutes(5)),
        Today = new() { Day = DateOnly.FromDateTime(s_now.UtcDateTime), Opens = 4, Numbers = ["number-1"] },
    };

    [Fact]
    public void A_reset_takes_away_what_was_set_up_and_keeps_what_is_required()
    {
        var full = Full();
        var reset = full.Reset();
        Assert.Equal((4, true, full.GraceUntil, full.UserName), (reset.Epoch, reset.Required, reset.GraceUntil, reset.UserName));
        Assert.True(reset is { Methods.IsEmpty: true, Preferred: null, RecoveryCodes: null, Bypass: null, Browsers.IsEmpty: true });
        Assert.True(reset.Latest.IsEmpty && reset.PausedUntil.IsEmpty && reset.WrongCodes.IsEmpty && reset.UsedSteps.IsEmpty);
        Assert.Equal(full.Today, reset.Today);
        Assert.Equal(Json(reset with { Epoch = 5 }), Json(reset.Reset()));
    }

    [Fact]
    public void A_block_ends_the_epoch_once_and_keeps_the_methods()
    {
        var blocked = Full().Block(s_now);
        Assert.Equal((4, s_now, 3, false), (blocked.Epoch, blocked.BlockedAt, blocked.Methods.Length, blocked.CanSignIn(Enrolling.Policy, s_now)));
        Assert.True(blocked is { Bypass: null, Browsers.IsEmpty: true });
        Assert.Same(blocked, blocked.Block(s_now.AddHours(1)));
        var free = blocked.Unblock();
        Assert.Equal((4, null, true), (free.Epoch, free.BlockedAt, free.CanSignIn(Enrolling.Policy, s_now)));
        Assert.Same(free, free.Unblock());
    }

    [Fact]
    public void A_blocked_account_is_kept_out_of_all_that_it_could_set_up()
    {
        var blocked = Full().Block(s_now);
        var step = new ShownStep("s", s_now, s_now.AddMinutes(10));
        Assert.All(
            new[]
            {
                blocked.MayOpen(MethodKind.MobileApp, Enrolling.Policy, s_now), blocked.MayProve(MethodKind.AuthenticationPhone, Enrolling.Policy, s_now),
                blocked.MayMakeCodes(step, Enrolling.Policy, s_now), blocked.Remove("phone", step, Enrolling.Policy, s_now).Refusal, blocked.LetBy(Bypass()).Refusal,
            },
            refusal => Assert.Equal(AccountFault.Blocked, refusal?.Fault));
    }

    [Fact]
    public void Nothing_that_tells_who_it_was_stays_of_an_erased_account()
    {
        var erased = Full().Block(s_now).Erase(s_now);
        Assert.Equal((5, true, s_now, s_now, 4), (erased.Epoch, erased.Required, erased.BlockedAt, erased.ErasedAt, erased.Today.Opens));
        var json = Json(erased);
        Assert.All(new[] { "alice", "Alice", "+316", "nl-NL", "number-1", "grace", "sealed", "\"e1\"" }, personal => Assert.DoesNotContain(personal, json, StringComparison.Ordinal));
        Assert.Equal(json.Replace("\"epoch\":5", "\"epoch\":6", StringComparison.Ordinal), Json(erased.Erase(s_now)));
    }

    [Fact]
    public void Grace_lets_a_required_user_in_until_its_end()
    {
        var account = Account() with { Required = true, GraceUntil = s_now };
        Assert.True(account.CanSignIn(Enrolling.Policy, s_now.AddTicks(-1)));
        Assert.False(account.CanSignIn(Enrolling.Policy, s_now));
        Assert.True((account with { Methods = [Enrolling.Method()] }).CanSignIn(Enrolling.Policy, s_now));
        Assert.True((account with { Required = false }).CanSignIn(Enrolling.Policy, s_now));
    }

    [Fact]
    public void A_proved_office_phone_follows_the_directory()
    {
        var full = Full();
        var details = AccountDetails.Of(full);
        Assert.Equal(Json(full with { IsKnown = true }), Json(full.Described(details)));

        var moved = full.Described(details with { OfficePhone = Enrolling.Phone(8), DisplayName = "A." });
        Assert.Equal((Enrolling.Phone(8), "A.", "office"), (moved.Method("office")!.Phone, moved.DisplayName, moved.Preferred!.MethodId));
        Assert.Equal(full.Method("phone"), moved.Method("phone"));

        var gone = full.Described(details with { OfficePhone = null });
        Assert.Equal((2, new Preferred("phone", How.Text)), (gone.Methods.Length, gone.Preferred));
    }

    internal static Account Account() => new() { Key = "a", Tenant = "contoso", User = "alice", IsKnown = true };

    internal static RecoveryCodes Codes() => new() { Form = new("salt", 1), Hashes = ["h1", "h2"], CreatedAt = s_now };

    internal static RememberedBrowser Browser(string id) =>
        new() { Id = id, Client = "shop", Epoch = 3, Hash = "h", CreatedAt = s_now, ExpiresAt = s_now.AddDays(30) };

    private static Bypass Bypass() => new() { Form = new("salt", 1), Hash = "h", CreatedAt = s_now, ExpiresAt = s_now.AddMinutes(10), UsesLeft = 1 };

    private static string Json(Account account) => JsonSerializer.Serialize(account, StateJson.Default.Account);
}
