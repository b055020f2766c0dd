using Mfa.Core;
using Mfa.Web;
using Xunit;

namespace Mfa.Contract;

/// <summary>An enrollment's row holds a copy of the account. What another head made of the account since counts all the same.</summary>
public sealed class StaleCopies(Storage storage) : LaptopTest(storage)
{
    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false" };

    [Fact]
    public async Task Contact_me_after_a_reset_contacts_nobody()
    {
        var id = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        await ResetAsync();
        BadInput.AssertProblem(await User.ContactAsync(id), 409, "account-reset");
        Assert.Empty(await Phone.TextsAsync());
    }

    [Fact]
    public async Task Contact_me_of_one_whose_place_another_took_contacts_nobody()
    {
        var id = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        await ChangeAccountAsync(a => a with { Latest = a.Latest.SetItem(MethodKind.AuthenticationPhone, RowNames.NewId(a.Key)) });
        BadInput.AssertProblem(await User.ContactAsync(id), 409, "superseded");
        Assert.Empty(await Phone.TextsAsync());
    }

    [Fact]
    public async Task Contact_me_sees_that_the_method_was_locked_and_unlocked()
    {
        var id = (await User.EnrollPhoneAsync(Handset.NewNumber()))["id"];
        await ChangeAccountAsync(a => a with { WrongCodes = a.WrongCodes.SetItem(MethodKind.AuthenticationPhone, new(100, null)) });
        BadInput.AssertProblem(await User.ContactAsync(id), 403, "method-locked");

        // One that was opened under the lock carries it in its copy.
        var other = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        BadInput.AssertProblem(await User.ContactAsync(other), 403, "method-locked");
        await ChangeAccountAsync(a => a with { WrongCodes = a.WrongCodes.Clear() });
        Assert.Equal(202, (await User.ContactAsync(other)).Status);
        Assert.Single(await Phone.TextsAsync());
    }

    [Theory]
    [InlineData("text")]
    [InlineData("code")]
    public async Task A_reset_between_the_reading_and_the_saving_of_the_right_code_gives_no_assertion(string way)
    {
        var enrollment = way == "code" ? await User.EnrollAppAsync() : await User.EnrollPhoneAsync(Phone.Number);
        await User.ContactAsync(enrollment["id"]);
        var code = way == "code" ? await AuthenticatorAsync(enrollment) : await Phone.CodeAsync();
        var resets = 0;
        Laptop.Tables.Decide = async request =>
        {
            if (request.Path.EndsWith("$batch", StringComparison.Ordinal) && Interlocked.Increment(ref resets) == 1)
            {
                await ResetAsync();
            }

            return Pass.Through;
        };
        var answer = await User.VerifyAsync(enrollment["id"], code);
        BadInput.AssertProblem(answer, 409, "account-reset");
        Assert.Null(answer.Text("assertion"));
        var after = await User.SeeAsync(enrollment["id"]);
        Assert.Equal(("failed", "account-reset", null), (after["state"], after["reason"], after.Text("assertion")));
        Assert.Empty((await User.GetAsync("me")).Body!["methods"]!.AsArray());
    }

    private Task ResetAsync() => ChangeAccountAsync(a => a with { Epoch = a.Epoch + 1 });
}
