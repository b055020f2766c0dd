using Xunit;

namespace Mfa.Contract;

/// <summary>A service that has no carrier: authenticator apps only.</summary>
public sealed class WithoutCarrier(Storage storage) : LaptopTest(storage)
{
    protected override Dictionary<string, string?> Settings => new() { ["Carrier:Kind"] = "none" };

    [Theory]
    [InlineData("text")]
    [InlineData("call")]
    public async Task A_phone_is_refused_before_anything_is_saved(string delivery)
    {
        var refused = await User.EnrollPhoneAsync(Phone.Number, delivery);
        Assert.Equal((409, "phones-unavailable"), (refused.Status, refused.Code));
        Assert.Equal(0, Laptop.Tables.Count(r => r.IsWrite && r.Body.Contains("enrollment-", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_office_phone_is_refused()
    {
        using var alice = await Laptop.SignInAsync("alice");
        var refused = await alice.PostAsync("me/enrollments", new System.Text.Json.Nodes.JsonObject { ["method"] = "officePhone" });
        Assert.Equal((409, "phones-unavailable"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task An_authenticator_works_and_no_phone_is_recommended()
    {
        var me = await User.GetAsync("me");
        Assert.Equal("false", me["policy.phones"]);
        Assert.Equal("mobileApp", Assert.Single(me.Body!["recommended"]!.AsArray())!.ToString());
        var enrollment = await User.EnrollAppAsync();
        await User.ContactAsync(enrollment["id"]);
        Assert.Equal(200, (await User.VerifyAsync(enrollment["id"], await AuthenticatorAsync(enrollment))).Status);
        Assert.Empty((await User.GetAsync("me")).Body!["recommended"]!.AsArray());
    }

    [Theory]
    [InlineData("/callbacks/texts")]
    [InlineData("/callbacks/calls/v/1")]
    public async Task No_callback_is_believed(string path)
    {
        var refused = await User.SendAsync(HttpMethod.Post, path, new StringContent("[]", System.Text.Encoding.UTF8, "application/json"), ("X-Mfa-Events-Secret", ""));
        Assert.Equal(401, refused.Status);
    }
}
