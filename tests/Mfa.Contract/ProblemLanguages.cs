using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>The language in which a refusal speaks.</summary>
public sealed class ProblemLanguages(Storage storage) : LaptopTest(storage)
{
    private const string English = "This is not the code.";
    private const string Dutch = "Deze code klopt niet.";

    private static readonly (string, string) s_dutch = ("Accept-Language", "nl");
    private static readonly (string, string) s_english = ("Accept-Language", "en");

    [Theory]
    [InlineData("nl", "nl", "Niet gevonden", "Dat is hier niet.")]
    [InlineData("fr-FR, nl-BE;q=0.5", "nl", "Niet gevonden", "Dat is hier niet.")]
    [InlineData("nl;q=0.5, en", "en", "Not Found", "There is no such thing here.")]
    [InlineData("fr", "en", "Not Found", "There is no such thing here.")]
    [InlineData("", "en", "Not Found", "There is no such thing here.")]
    [InlineData("\"", "en", "Not Found", "There is no such thing here.")]
    public async Task Whoever_is_not_known_is_told_in_the_language_that_they_like_best_of_those_there_are(string liked, string language, string title, string detail)
    {
        var refused = await User.SendAsync(HttpMethod.Get, "nothing", null, ("Accept-Language", liked));
        BadInput.AssertProblem(refused, 404, "not-found");
        Assert.Equal((language, title, detail), (Language(refused), refused["title"], refused["detail"]));
    }

    [Fact]
    public async Task A_user_is_told_in_the_language_of_their_account_whatever_the_browser_likes()
    {
        await SpeakAsync("nl-BE");
        var refused = await User.PostAsync("me/recovery-codes", null, s_english);
        BadInput.AssertProblem(refused, 409, "no-method");
        Assert.Equal(("nl", "Het account heeft nog geen methode. Stel er eerst een in."), (Language(refused), refused["detail"]));
        Assert.Equal("Dat is hier niet.", (await User.SendAsync(HttpMethod.Delete, "me/methods/none", null, s_english))["detail"]);

        // A language that there is not leaves it to the browser.
        await SpeakAsync("fr");
        Assert.Equal("nl", Language(await User.PostAsync("me/recovery-codes", null, s_dutch)));
        await SpeakAsync("en");
        Assert.Equal("en", Language(await User.PostAsync("me/recovery-codes", null, s_dutch)));
    }

    [Fact]
    public async Task What_is_wrong_with_a_field_is_for_developers_and_stays_English()
    {
        await SpeakAsync("nl");
        var unfit = await User.PostAsync("me/enrollments", new JsonObject { ["method"] = "mobileApp" });
        Assert.Equal(("Sommige velden kloppen niet; zie errors.", "is missing: notification, code"), (unfit["detail"], unfit.Body!["errors"]!["mode"]![0]!.ToString()));
        var number = await User.EnrollPhoneAsync("0612");
        BadInput.AssertProblem(number, 400, "too-short");
        Assert.Equal(("Het nummer is te kort.", "The number is too short."), (number["detail"], number.Body!["errors"]!["number"]![0]!.ToString()));
    }

    [Fact]
    public async Task A_wrong_code_is_told_in_the_language_of_whose_it_would_be()
    {
        await SpeakAsync("nl");
        var id = await ContactAsync();
        Assert.Equal(Dutch, (await User.VerifyAsync(id, "000000"))["detail"]);
        Assert.Equal("verified", (await User.VerifyAsync(id, await Phone.CodeAsync()))["state"]);
        Assert.StartsWith("Deze tweede stap diende al", (await TwiceAsync(id))["detail"], StringComparison.Ordinal);

        using var shop = await Laptop.RelyingPartyAsync();
        Assert.Equal(Dutch, await WrongAsync(shop, User.Id, s_english));

        // To an admin, theirs is nobody's language.
        using var admin = await Admin.SignInAsync(Laptop);
        Assert.Equal("Another user of this tenant has this user name.", (await NameAsync(admin))["detail"]);
    }

    [Fact]
    public async Task Who_may_not_learn_who_exists_is_told_in_the_language_that_they_ask_for()
    {
        await SpeakAsync("nl");
        Assert.Equal("verified", (await User.SetUpAsync(Phone))["state"]);
        using var blind = await Laptop.RelyingPartyAsync("shop", "contoso", "mfa.verify", "mfa.verify.blind");
        foreach (var user in new[] { User.Id, Person.NewName() })
        {
            Assert.Equal(English, await WrongAsync(blind, user, s_english));
            Assert.Equal(Dutch, await WrongAsync(blind, user, s_dutch));
        }
    }

    [Fact]
    public async Task The_account_tells_what_is_to_be_done_in_its_language_too()
    {
        using var admin = await Admin.SignInAsync(Laptop);
        Assert.Equal(201, (await admin.SendAsync("PUT", $"admin/users/{User.Id}", new() { ["required"] = true })).Status);
        var changed = await User.SendAsync(HttpMethod.Patch, "me", new StringContent("""{"culture":"nl"}""", null, "application/json"), s_english);
        Assert.StartsWith("Uw beheerder vereist", changed["message"], StringComparison.Ordinal);
        Assert.Equal(changed["message"], (await User.SendAsync(HttpMethod.Get, "me", null, s_english))["message"]);
    }

    private static string Language(Reply answer) => Assert.Single(answer.Raw.Content.Headers.ContentLanguage);

    private async Task SpeakAsync(string culture) =>
        Assert.Equal(200, (await User.SendAsync(HttpMethod.Patch, "me", new StringContent($$"""{"culture":"{{culture}}"}""", null, "application/json"))).Status);

    private async Task<Reply> TwiceAsync(string enrollment)
    {
        var shown = ("Mfa-Assertion", (await User.SeeAsync(enrollment))["assertion"]);
        Assert.Equal(201, (await User.PostAsync("me/recovery-codes", null, shown, s_english)).Status);
        return await User.PostAsync("me/recovery-codes", null, shown, s_english);
    }

    private static async Task<string> WrongAsync(RelyingParty party, string user, (string, string) likes)
    {
        var opened = await party.ChallengeAsync(user, new() { ["contact"] = false });
        var refused = await party.PostAsync($"challenges/{opened["id"]}/verify", new JsonObject { ["code"] = "aaaaa-aaaaa-aaa" }, likes);
        BadInput.AssertProblem(refused, 422, "wrong-code");
        return refused["detail"];
    }

    private async Task<Reply> NameAsync(Person admin)
    {
        var name = new JsonObject { ["userName"] = "anna" };
        Assert.Equal(200, (await admin.SendAsync("PATCH", $"admin/users/{User.Id}", name)).Status);
        var other = Person.NewName();
        Assert.Equal(201, (await admin.SendAsync("PUT", $"admin/users/{other}", new() { ["required"] = true })).Status);
        return await admin.SendAsync("PATCH", $"admin/users/{other}", name);
    }
}
