using Xunit;

namespace Mfa.Contract;

/// <summary>Many requests at the same moment.</summary>
public sealed class ManyAtOnce(Storage storage) : LaptopTest(storage)
{
    private const int Many = 200;

    [Fact]
    public async Task Of_200_wrong_codes_five_are_judged_and_the_right_one_comes_too_late()
    {
        var id = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        await User.ContactAsync(id);
        var code = await Phone.CodeAsync();
        var wrong = Failures.Wrong(code);

        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => User.VerifyAsync(id, wrong)));

        Assert.Equal(5, answers.Count(a => a.Code == "wrong-code"));
        Assert.All(answers, a => Assert.Contains(a.Status, new[] { 422, 410 }));
        Assert.Equal(410, (await User.VerifyAsync(id, code)).Status);
    }

    [Fact]
    public async Task Of_200_wrong_codes_before_two_instances_five_are_judged()
    {
        var id = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        await User.ContactAsync(id);
        var wrong = Failures.Wrong(await Phone.CodeAsync());
        var second = await Laptop.AddHeadAsync();
        using var there = User.At(second.Url.ToString());

        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(n => (n % 2 == 0 ? User : there).VerifyAsync(id, wrong)));

        Assert.Equal(5, answers.Count(a => a.Code == "wrong-code"));
        Assert.All(answers, a => Assert.Contains(a.Status, new[] { 422, 410 }));
    }

    [Fact]
    public async Task Of_200_contact_me_one_text_is_sent()
    {
        var id = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        var second = await Laptop.AddHeadAsync();
        using var there = User.At(second.Url.ToString());

        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(n => (n % 2 == 0 ? User : there).ContactAsync(id)));

        Assert.All(answers, a => Assert.Equal(202, a.Status));
        Assert.Equal(200, (await User.VerifyAsync(id, await Phone.CodeAsync())).Status);
        Assert.Single(await Phone.TextsAsync());
    }

    [Fact]
    public async Task One_idempotency_key_makes_one_enrollment_and_one_resend()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => User.EnrollPhoneAsync(Phone.Number, headers: ("Idempotency-Key", "page-1"))));
        Assert.All(answers, a => Assert.Equal(201, a.Status));
        Assert.Single(answers.Select(a => a["id"]).Distinct());

        var other = await User.EnrollPhoneAsync(Laptop.NewPhone().Number, headers: ("Idempotency-Key", "page-1"));
        Assert.Equal((422, "idempotency-key-reused"), (other.Status, other.Code));
    }

    [Fact]
    public async Task Of_20_enrollments_opened_before_two_instances_one_stays_open()
    {
        var second = await Laptop.AddHeadAsync();
        using var there = User.At(second.Url.ToString());

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => (n % 2 == 0 ? User : there).EnrollPhoneAsync(Phone.Number)));

        Assert.All(answers, a => Assert.Equal(201, a.Status));
        var states = new List<(string Id, string State)>();
        foreach (var answer in answers)
        {
            states.Add((answer["id"], (await User.SeeAsync(answer["id"]))["state"]));
        }

        Assert.Equal(19, states.Count(s => s.State == "cancelled"));
        Assert.Equal(202, (await User.ContactAsync(Assert.Single(states, s => s.State == "readyToContact").Id)).Status);
    }
}
