using Xunit;

namespace Mfa.Contract;

/// <summary>Many requests at the same moment.</summary>
public sealed class ManyAtOnce(Storage storage) : IAsyncLifetime
{
    private const int Many = 200;

    private Laptop _laptop = null!;
    private Person _user = null!;
    private Handset _phone = null!;

    public async ValueTask InitializeAsync()
    {
        _laptop = await Laptop.StartAsync(storage);
        _user = await _laptop.SignInAsync();
        _phone = _laptop.NewPhone();
    }

    public ValueTask DisposeAsync()
    {
        _user.Dispose();
        return _laptop.DisposeAsync();
    }

    [Fact]
    public async Task Of_200_wrong_codes_five_are_judged_and_the_right_one_comes_too_late()
    {
        var id = (await _user.EnrollPhoneAsync(_phone.Number))["id"];
        await _user.ContactAsync(id);
        var code = await _phone.CodeAsync();
        var wrong = Failures.Wrong(code);

        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => _user.VerifyAsync(id, wrong)));

        Assert.Equal(5, answers.Count(a => a.Code == "wrong-code"));
        Assert.All(answers, a => Assert.Contains(a.Status, new[] { 422, 410 }));
        Assert.Equal(410, (await _user.VerifyAsync(id, code)).Status);
    }

    [Fact]
    public async Task Of_200_wrong_codes_before_two_instances_five_are_judged()
    {
        var id = (await _user.EnrollPhoneAsync(_phone.Number))["id"];
        await _user.ContactAsync(id);
        var wrong = Failures.Wrong(await _phone.CodeAsync());
        var second = await _laptop.AddHeadAsync();
        using var there = _user.At(second.Url.ToString());

        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(n => (n % 2 == 0 ? _user : there).VerifyAsync(id, wrong)));

        Assert.Equal(5, answers.Count(a => a.Code == "wrong-code"));
        Assert.All(answers, a => Assert.Contains(a.Status, new[] { 422, 410 }));
    }

    [Fact]
    public async Task Of_200_contact_me_one_text_is_sent()
    {
        var id = (await _user.EnrollPhoneAsync(_phone.Number))["id"];
        var second = await _laptop.AddHeadAsync();
        using var there = _user.At(second.Url.ToString());

        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(n => (n % 2 == 0 ? _user : there).ContactAsync(id)));

        Assert.All(answers, a => Assert.Equal(202, a.Status));
        Assert.Equal(200, (await _user.VerifyAsync(id, await _phone.CodeAsync())).Status);
        Assert.Single(await _phone.TextsAsync());
    }

    [Fact]
    public async Task One_idempotency_key_makes_one_enrollment_and_one_resend()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _user.EnrollPhoneAsync(_phone.Number, headers: ("Idempotency-Key", "page-1"))));
        Assert.All(answers, a => Assert.Equal(201, a.Status));
        Assert.Single(answers.Select(a => a["id"]).Distinct());

        var other = await _user.EnrollPhoneAsync(_laptop.NewPhone().Number, headers: ("Idempotency-Key", "page-1"));
        Assert.Equal((422, "idempotency-key-reused"), (other.Status, other.Code));
    }
}
