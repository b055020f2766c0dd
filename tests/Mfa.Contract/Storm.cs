using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>
/// Many requests at once before two heads, on one account and on many, while the storage answers out of order: every limit holds to
/// the number, nothing is answered with a fault of ours, and no verification ends wrong.
/// </summary>
public sealed class Storm(Storage storage) : StormTest(storage)
{
    private const int Creates = 50;
    private const int Contacts = 50;
    private const int Codes = 200;
    private const int Opens = 30;
    private const int Judged = 5;

    [Fact]
    public async Task Of_50_creates_of_one_kind_thirty_are_opened_and_the_latest_stays_open()
    {
        var answers = await AtOnceAsync(Creates, (user, _) => user.EnrollAppAsync());

        await AssertOpenedAsync(answers, 1);
    }

    [Fact]
    public async Task Of_50_creates_of_two_kinds_thirty_are_opened_and_the_latest_of_each_stays_open()
    {
        var answers = await AtOnceAsync(Creates, (user, n) => n / 2 % 2 == 0 ? user.EnrollAppAsync() : user.EnrollPhoneAsync(Phone.Number));

        await AssertOpenedAsync(answers, 2);
    }

    [Theory]
    [InlineData(Driven.Enrollment)]
    [InlineData(Driven.Challenge)]
    public async Task Of_50_contacts_of_one_user_one_text_is_sent(Driven driven)
    {
        using var p = await SomebodyAsync(driven);

        var answers = await AtOnceAsync(Contacts, p.BeginAsync);

        AssertAll(answers, p.Begun);
        Same([p.Id], answers.Select(a => a["id"]).Distinct());
        var code = await p.TextedCodeAsync();
        // A challenge's user has had the text that set the phone up.
        Equal((1, driven == Driven.Challenge ? 2 : 1), (await p.TextsAsync(), await UsedAsync(p.Id, "sends")));
        Equal((200, "verified"), (await p.VerifyAsync(code)) is var verified ? (verified.Status, verified["state"]) : default);
    }

    [Theory]
    [InlineData(Driven.Enrollment)]
    [InlineData(Driven.Challenge)]
    public async Task Of_the_contacts_of_50_accounts_each_sends_one_text_to_its_own_number(Driven driven)
    {
        var people = await PeopleAsync(driven, Contacts);

        AssertAll(await AtOnceAsync(people, p => p.BeginAsync()), people[0].Begun);

        var codes = await Task.WhenAll(people.Select(p => p.TextedCodeAsync()));
        AssertAll(await AtOnceAsync(people, p => p.VerifyAsync(codes[Array.IndexOf(people, p)])), 200);
        foreach (var p in people)
        {
            Equal((1, true), (await p.TextsAsync(), await p.IsProvedOnceAsync()));
            p.Dispose();
        }
    }

    [Fact]
    public async Task Of_the_contacts_of_50_accounts_to_one_number_five_are_sent()
    {
        var people = await PeopleAsync(Driven.Enrollment, Contacts, Phone);

        var answers = await AtOnceAsync(people, p => p.BeginAsync());

        AssertAll(answers, 202, 429);
        Equal(5, answers.Count(a => a.Status == 202));
        Equal(Contacts - 5, answers.Count(a => a.Code == "number-limit"));
        await Phone.CodeAsync(5);
        Equal(5, (await Phone.TextsAsync()).Count);
        // Who was refused has neither a verification nor a send on its account.
        foreach (var (person, answer) in people.Zip(answers))
        {
            var seen = await person.SeeAsync();
            Equal(answer.Status == 202 ? "contacting" : "readyToContact", seen["state"]);
            Equal(answer.Status == 202 ? 1 : 0, await UsedAsync(person.Id, "sends"));
            person.Dispose();
        }
    }

    [Theory]
    [InlineData(Driven.Enrollment)]
    [InlineData(Driven.Challenge)]
    public async Task Of_200_wrong_codes_on_one_verification_five_are_judged(Driven driven)
    {
        using var p = await ContactedAsync(driven);
        var code = await p.TextedCodeAsync();

        var answers = await AtOnceAsync(Codes, () => p.VerifyAsync(Failures.Wrong(code)));

        AssertJudged(answers);
        Equal(410, (await p.VerifyAsync(code)).Status);
        await AssertFailedAsync(p.Caller, p.Id, p.GuessedAt, "AuthenticationPhone");
    }

    [Fact]
    public async Task Of_200_wrong_codes_on_two_enrollments_of_one_account_five_of_each_are_judged()
    {
        var (app, phone, appCode, phoneCode) = await TwoContactedAsync();

        var answers = await AtOnceAsync(Codes, (user, n) => n / 2 % 2 == 0
            ? user.VerifyAsync(app, Failures.Wrong(appCode))
            : user.VerifyAsync(phone, Failures.Wrong(phoneCode)));

        AssertJudged([.. answers.Where((_, n) => n / 2 % 2 == 0)]);
        AssertJudged([.. answers.Where((_, n) => n / 2 % 2 == 1)]);
        await AssertFailedAsync(User, app, "readyToContact", "MobileApp");
        await AssertFailedAsync(User, phone, "readyToContact", "AuthenticationPhone");
    }

    [Theory]
    [InlineData(Driven.Enrollment)]
    [InlineData(Driven.Challenge)]
    public async Task Of_200_right_codes_all_are_answered_with_one_proof(Driven driven)
    {
        using var p = await ContactedAsync(driven);
        var code = await p.TextedCodeAsync();

        AssertProved(await AtOnceAsync(Codes, () => p.VerifyAsync(code)));

        Equal(true, await p.IsProvedOnceAsync());
    }

    [Theory]
    [InlineData(Driven.Enrollment)]
    [InlineData(Driven.Challenge)]
    public async Task Of_200_codes_on_twenty_accounts_each_is_judged_by_itself(Driven driven)
    {
        var people = await PeopleAsync(driven, 20);
        AssertAll(await AtOnceAsync(people, p => p.BeginAsync()), people[0].Begun);
        var codes = await Task.WhenAll(people.Select(p => p.TextedCodeAsync()));

        // Half of the accounts type wrong codes, and the other half right ones.
        var tenEach = Enumerable.Range(0, Codes).Select(n => n % people.Length).ToArray();
        var answers = await AtOnceAsync(tenEach, i => people[i].VerifyAsync(i < 10 ? Failures.Wrong(codes[i]) : codes[i]));

        for (var i = 0; i < people.Length; i++)
        {
            Reply[] own = [.. answers.Where((_, n) => tenEach[n] == i)];
            using var p = people[i];
            if (i < 10)
            {
                AssertJudged(own);
                await AssertFailedAsync(p.Caller, p.Id, p.GuessedAt, "AuthenticationPhone");
            }
            else
            {
                AssertProved(own);
                Equal(true, await p.IsProvedOnceAsync());
            }
        }
    }

    [Fact]
    public async Task Of_two_enrollments_that_are_proved_at_once_one_is_added_without_a_second_step()
    {
        var (app, phone, appCode, phoneCode) = await TwoContactedAsync();

        var answers = await AtOnceAsync(Codes, (user, n) => n / 2 % 2 == 0 ? user.VerifyAsync(app, appCode) : user.VerifyAsync(phone, phoneCode));

        Reply[] ofApp = [.. answers.Where((_, n) => n / 2 % 2 == 0)];
        Reply[] ofPhone = [.. answers.Where((_, n) => n / 2 % 2 == 1)];
        var (first, other, late) = ofApp[0].Status == 200 ? (ofApp, ofPhone, phone) : (ofPhone, ofApp, app);
        AssertProved(first);
        AssertAll(other, 401);
        Same(["second-step-required"], other.Select(a => a.Code!).Distinct());
        Equal(("failed", "second-step-required"), (await User.SeeAsync(late)) is var seen ? (seen["state"], seen["reason"]) : default);
        await AssertMethodsAsync(User, 1);
    }

    private async Task<Proving> ContactedAsync(Driven driven)
    {
        var p = await SomebodyAsync(driven);
        AssertAll([await p.BeginAsync()], p.Begun);
        return p;
    }

    private async Task<(string App, string Phone, string AppCode, string PhoneCode)> TwoContactedAsync()
    {
        var app = await User.EnrollAppAsync();
        var phone = (await User.EnrollPhoneAsync(Phone.Number))["id"];
        AssertAll([await User.ContactAsync(app["id"]), await User.ContactAsync(phone)], 202);
        return (app["id"], phone, await AuthenticatorAsync(app), await Phone.CodeAsync());
    }

    private async Task AssertOpenedAsync(Reply[] answers, int kinds)
    {
        AssertAll(answers, 201, 429);
        Equal(Opens, answers.Count(a => a.Status == 201));
        Equal(Creates - Opens, answers.Count(a => a.Code == "opens-limit"));
        var ids = answers.Where(a => a.Status == 201).Select(a => a["id"]).ToArray();
        Equal(Opens, ids.Distinct().Count());
        Equal(Opens, await UsedAsync(ids[0], "opens"));
        var seen = await Task.WhenAll(ids.Select(User.SeeAsync));
        var latest = (await AccountAsync(ids[0]))["latest"]!.AsObject().Select(l => l.Value!.ToString());
        Same(latest.Order(), seen.Where(s => s["state"] == "readyToContact").Select(s => s["id"]).Order());
        Equal(kinds, latest.Count());
        Equal(Opens - kinds, seen.Count(s => s["state"] == "cancelled"));
    }

    private static void AssertJudged(Reply[] answers)
    {
        AssertAll(answers, 422, 410);
        Same(["0", "1", "2", "3", "4"], answers.Where(a => a.Code == "wrong-code").Select(a => a["triesLeft"]).Order());
        Equal(answers.Length - Judged, answers.Count(a => a.Code == "verification-over"));
    }

    private static void AssertProved(Reply[] answers)
    {
        AssertAll(answers, 200);
        Same(["verified"], answers.Select(a => a["state"]).Distinct());
        Equal(1, answers.Select(a => new JsonWebToken(a["assertion"]).Id).Distinct().Count());
        Equal(1, answers.Select(a => a["methodId"]).Distinct().Count());
    }

    private async Task AssertFailedAsync(Caller caller, string id, string state, string kind)
    {
        var seen = await caller.SeeAsync(id);
        Equal((state, "failed", "too-many-codes"), (seen["state"], seen["verification.state"], seen["verification.reason"]));
        Equal(Judged, (int)(await AccountAsync(id))["usage"]![kind]!["failures"]!);
    }

    private static async Task AssertMethodsAsync(Person user, int methods) => Equal(methods, (await user.GetAsync("me")).Body!["methods"]!.AsArray().Count);
}
