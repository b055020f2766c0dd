using Mfa.Core;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>Many requests at the same moment.</summary>
public sealed class ManyAtOnce(Storage storage) : LaptopTest(storage)
{
    private const int Many = 200;

    [Theory]
    [InlineData(Driven.Enrollment)]
    [InlineData(Driven.Challenge)]
    public async Task Of_200_wrong_codes_five_are_judged_and_the_right_one_comes_too_late(Driven driven)
    {
        using var p = await Proving.PrepareAsync(driven, Laptop, Laptop.Url, "text");
        Assert.Equal(p.Begun, (await p.BeginAsync()).Status);
        var code = await p.TextedCodeAsync();

        AssertJudged(await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => p.VerifyAsync(Failures.Wrong(code)))));

        Assert.Equal(410, (await p.VerifyAsync(code)).Status);
    }

    [Theory]
    [InlineData(Driven.Enrollment)]
    [InlineData(Driven.Challenge)]
    public async Task Before_two_instances_one_text_is_sent_and_five_wrong_codes_are_judged(Driven driven)
    {
        var second = await Laptop.AddHeadAsync();
        using var p = (await Proving.PrepareAsync(driven, Laptop, Laptop.Url, "text")).AlsoBefore(second.Url.ToString());

        var answers = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => p.BeginAsync()));
        Assert.All(answers, a => Assert.Equal((p.Begun, p.Id), (a.Status, a["id"])));
        var code = await p.TextedCodeAsync();

        AssertJudged(await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => p.VerifyAsync(Failures.Wrong(code)))));
        Assert.Equal(1, await p.TextsAsync());
    }

    [Fact]
    public async Task Of_200_sign_ins_at_once_none_is_lost_and_none_doubled()
    {
        (string User, Handset Phone)[] people = [.. Enumerable.Range(0, Many).Select(_ => (Person.NewName(), Laptop.NewPhone()))];
        await Task.WhenAll(people.Select(p => SetUpAsync(p.User, p.Phone)));
        using var shop = await Laptop.RelyingPartyAsync();

        // Every other one types the code, and the others reply with it.
        var verified = await Task.WhenAll(people.Select(async (p, n) =>
        {
            var opened = await shop.ChallengeAsync(p.User);
            Assert.True(opened.Status == 201, opened.ToString());
            var code = await p.Phone.CodeAsync();
            if (n % 2 == 1)
            {
                await p.Phone.TextAsync(Laptop.Sender, code);
            }

            return n % 2 == 1 ? await shop.WaitForStateAsync(opened["id"], "verified") : await shop.VerifyAsync(opened["id"], code);
        }));

        Assert.All(verified, v => Assert.Equal("verified", v["state"]));
        Assert.Equal(people.Select(p => p.User), verified.Select(v => new JsonWebToken(v["assertion"]).Subject));
        Assert.Equal(Many, verified.Select(v => new JsonWebToken(v["assertion"]).Id).Distinct().Count());
        foreach (var (_, phone) in people)
        {
            Assert.Single(await phone.TextsAsync());
        }
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

    private static void AssertJudged(Reply[] answers)
    {
        Assert.Equal(5, answers.Count(a => a.Code == "wrong-code"));
        Assert.All(answers, a => Assert.Contains(a.Status, new[] { 422, 410 }));
    }

    // As they were long ago: two hundred who set a phone up are not what is tested.
    private async Task SetUpAsync(string user, Handset phone)
    {
        var rows = Laptop.Head.Services.GetRequiredService<AccountRows>();
        var stored = await rows.LoadAsync("contoso", user, default);
        var method = new ContactMethod
        {
            Id = RowNames.NewId(stored.Account.Key),
            Kind = MethodKind.AuthenticationPhone,
            How = How.Text,
            Phone = PhoneNumber.FromE164(phone.Number),
            VerifiedAt = DateTimeOffset.UtcNow.AddDays(-1),
        };
        Assert.NotNull(await rows.SaveAsync(stored, stored.Account with { Methods = [method], Preferred = new(method.Id, method.How) }, default));
    }
}
