using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Contract;

/// <summary>Phones that users proved elsewhere, which an admin vouches for: how a company moves here.</summary>
public sealed class AdminPhones(SignInLaptop shared) : IClassFixture<SignInLaptop>
{
    private Laptop Laptop => shared.Laptop;

    [Theory]
    [InlineData("text")]
    [InlineData("call")]
    public async Task A_user_signs_in_by_the_phone_that_an_admin_vouched_for_without_setting_anything_up(string how)
    {
        using var admin = await Admin.SignInAsync(Laptop);
        using var user = await Laptop.SignInAsync();
        var phone = Laptop.NewPhone();
        await admin.SendAsync("PUT", $"admin/users/{user.Id}", new() { ["required"] = true });

        var vouched = await admin.SendAsync("POST", Path(user), Body(phone.Number, how));
        Assert.Equal((201, "true", "authenticationPhone"), (vouched.Status, vouched["registered"], vouched.Body!["methods"]![0]!["method"]!.ToString()));
        Assert.DoesNotContain(phone.Number[4..], vouched.ToString(), StringComparison.Ordinal);
        Assert.Equal(200, (await admin.SendAsync("POST", Path(user), Body(phone.Number, how))).Status);
        Assert.Empty(await phone.TextsAsync());

        var opened = await shared.Shop.ChallengeAsync(user.Id);
        Assert.Equal((201, how), (opened.Status, opened["how"]));
        if (how == "call")
        {
            await phone.AnswerAsync();
            await phone.SaysAsync("press the pound key");
            await phone.PressAsync("#");
        }
        else
        {
            await shared.Shop.VerifyAsync(opened["id"], await phone.CodeAsync(1));
        }

        Assert.Equal("verified", (await shared.Shop.WaitForAsync(opened["id"], r => r["state"] != "open"))["state"]);
    }

    [Fact]
    public async Task Nothing_that_was_proved_is_replaced_and_nobody_is_made_up()
    {
        using var admin = await Admin.SignInAsync(Laptop);
        using var user = await Laptop.SignInAsync();
        BadInput.AssertProblem(await admin.SendAsync("POST", Path(user), Body("+31612345678")), 404, "not-found");
        var phone = Laptop.NewPhone();
        await user.SetUpAsync(phone);
        var before = (await admin.GetAsync($"admin/users/{user.Id}")).Body!.ToJsonString();
        BadInput.AssertProblem(await admin.SendAsync("POST", Path(user), Body("+31612345678")), 409, "method-there");
        BadInput.AssertProblem(await admin.SendAsync("POST", Path(user), new() { ["method"] = "officePhone" }), 409, "no-office-phone");
        Assert.Equal(before, (await admin.GetAsync($"admin/users/{user.Id}")).Body!.ToJsonString());
        await admin.SendAsync("PATCH", $"admin/users/{user.Id}", new() { ["officePhone"] = "+14255550143" });
        Assert.Equal(201, (await admin.SendAsync("POST", Path(user), new() { ["method"] = "officePhone" })).Status);
        await admin.PostAsync($"admin/users/{user.Id}/block");
        BadInput.AssertProblem(await admin.SendAsync("POST", Path(user), Body("+31612345678")), 403, "blocked");
    }

    [Theory]
    [InlineData("", "number")]
    [InlineData("0612345678", "number")]
    [InlineData("+19005550100", "number")]
    [InlineData("+31201234567", "number")]
    public async Task A_number_that_cannot_be_texted_is_refused(string number, string field)
    {
        using var admin = await Admin.SignInAsync(Laptop);
        using var user = await Laptop.SignInAsync();
        await admin.SendAsync("PUT", $"admin/users/{user.Id}", new() { ["required"] = true });
        var refused = await admin.SendAsync("POST", Path(user), Body(number));
        Assert.Equal(400, refused.Status);
        Assert.NotNull(refused.Body!["errors"]![field]);
        Assert.Equal("false", (await admin.GetAsync($"admin/users/{user.Id}"))["registered"]);
    }

    private static string Path(Person user) => $"admin/users/{user.Id}/methods";

    private static JsonObject Body(string number, string how = "text") => new() { ["method"] = "authenticationPhone", ["number"] = number, ["delivery"] = how };
}
