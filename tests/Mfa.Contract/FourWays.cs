using Xunit;

namespace Mfa.Contract;

/// <summary>All four ways verify through real HTTP.</summary>
public class FourWays(Storage storage) : LaptopTest(storage)
{
    [Fact]
    public async Task A_text_verifies_by_typing_its_code()
    {
        using var user = await Laptop.SignInAsync();
        var phone = Laptop.NewPhone();

        var enrollment = await user.EnrollPhoneAsync(phone.Number);
        Assert.Equal(201, enrollment.Status);
        Assert.Equal("readyToContact", enrollment["state"]);
        Assert.Equal($"/api/v1/me/enrollments/{enrollment["id"]}", enrollment.Raw.Headers.Location?.ToString());
        Assert.EndsWith("••" + phone.Number[^2..], enrollment["phone"], StringComparison.Ordinal);

        var contacted = await user.ContactAsync(enrollment["id"]);
        Assert.Equal(202, contacted.Status);
        Assert.Equal(("contacting", "waiting", "1", "3"), (contacted["state"], contacted["verification.state"], contacted["verification.attempt"], contacted["verification.attempts"]));

        var verified = await user.VerifyAsync(enrollment["id"], await phone.CodeAsync());
        Assert.Equal(200, verified.Status);
        Assert.Equal(("verified", "verified"), (verified["state"], verified["verification.state"]));
        Assert.NotEmpty(verified["assertion"]);

        var me = await user.GetAsync("me");
        Assert.Equal("true", me["registered"]);
        Assert.Equal(("authenticationPhone", "text"), (me.Body!["methods"]![0]!["method"]!.ToString(), me.Body["methods"]![0]!["how"]!.ToString()));
        Assert.Equal(me.Body["methods"]![0]!["id"]!.ToString(), me["preferred.methodId"]);
        Assert.Single(await phone.TextsAsync());
    }

    [Fact]
    public async Task A_text_verifies_by_replying_with_its_code()
    {
        using var user = await Laptop.SignInAsync();
        var phone = Laptop.NewPhone();
        var id = (await user.EnrollPhoneAsync(phone.Number))["id"];
        await user.ContactAsync(id);

        await phone.TextAsync(Laptop.Sender, $"{await phone.CodeAsync()} thanks");

        var verified = await user.WaitForVerificationAsync(id, "verified");
        Assert.Equal("verified", verified["state"]);
        var verify = await user.VerifyAsync(id);
        Assert.Equal((200, "verified"), (verify.Status, verify["state"]));
    }

    [Fact]
    public async Task A_call_verifies_by_pressing_pound()
    {
        using var user = await Laptop.SignInAsync();
        var phone = Laptop.NewPhone();
        var id = (await user.EnrollPhoneAsync(phone.Number, "call"))["id"];
        Assert.Equal(202, (await user.ContactAsync(id)).Status);

        await phone.AnswerAsync();
        await phone.SaysAsync("press the pound key");
        await phone.PressAsync("#");

        Assert.Equal("verified", (await user.WaitForVerificationAsync(id, "verified"))["state"]);
        await phone.SaysAsync("You are verified");
        await phone.EndsAsync();
    }

    [Fact]
    public async Task Any_authenticator_verifies_by_its_code_after_reading_the_square()
    {
        using var user = await Laptop.SignInAsync();
        var enrollment = await user.EnrollAppAsync();
        var id = enrollment["id"];

        var uri = await ReadSquareAsync(enrollment["activation.qrSvg"]);
        Assert.Equal(enrollment["activation.qrContent"], uri);
        var secret = System.Web.HttpUtility.ParseQueryString(new Uri(uri).Query)["secret"]!;
        Assert.Equal(enrollment["activation.secretKey"].Replace(" ", "", StringComparison.Ordinal), secret);

        Assert.Equal("contacting", (await user.ContactAsync(id))["state"]);
        var code = await Tool.RunAsync("oathtool", "--totp", "--base32", secret);
        var verified = await user.VerifyAsync(id, code);
        Assert.Equal((200, "verified"), (verified.Status, verified["state"]));
        Assert.Null(verified.Text("activation.secretKey"));
    }

    private static async Task<string> ReadSquareAsync(string svg)
    {
        var folder = Directory.CreateTempSubdirectory("mfa-square-").FullName;
        try
        {
            var (drawing, picture) = (Path.Combine(folder, "square.svg"), Path.Combine(folder, "square.png"));
            await File.WriteAllTextAsync(drawing, svg);
            await Tool.RunAsync("rsvg-convert", "--background-color=white", "--zoom=2", "-o", picture, drawing);
            return await Tool.RunAsync("zbarimg", "--quiet", "--raw", picture);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
