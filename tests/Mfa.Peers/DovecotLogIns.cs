using Xunit;

namespace Mfa.Peers;

/// <summary>Who gets in at a Dovecot that asks for app passwords.</summary>
public sealed class DovecotLogIns(Storage storage) : DovecotTest(storage)
{
    [Fact]
    public async Task An_app_password_lets_in_however_it_is_typed_and_nothing_else_does()
    {
        foreach (var typed in new[] { Password, Password.Replace(" ", "", StringComparison.Ordinal), Password.ToUpperInvariant(), Password.Replace(' ', '-') })
        {
            await AssertAsync("OK", typed);
        }

        Assert.StartsWith("OK", await Dovecot.LogInAsync(UserName.ToUpperInvariant(), Password), StringComparison.Ordinal);

        using var other = await Laptop.SignInAsync();
        var others = await NewUserAsync(other);
        string[] wrong = [Seen.Secret("Summer-2026! of the account"), "aaaa bbbb cccc dddd", others.Password, "", "*", "{PLAIN}", "\"valid\":true"];
        await Task.WhenAll(wrong.Select(typed => AssertAsync(MailProgram.Wrong, typed)));

        Assert.StartsWith("OK", await Dovecot.LogInAsync(others.Name, others.Password), StringComparison.Ordinal);
        // Who has an app password writes no other question with it.
        Assert.StartsWith(MailProgram.Wrong, await Dovecot.LogInAsync(others.Name, $"x\",\"userName\":\"{UserName}\",\"password\":\"{Password}"), StringComparison.Ordinal);
        Assert.StartsWith(MailProgram.Wrong, await Dovecot.LogInAsync("nobody@contoso.example", Password), StringComparison.Ordinal);
        Assert.DoesNotContain(Seen.Secrets, secret => Dovecot.Log.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_revoked_one_is_wrong_at_once_and_who_is_in_stays_in()
    {
        using var program = await Dovecot.ConnectAsync();
        Assert.StartsWith("OK", await program.LogInAsync(UserName, Password), StringComparison.Ordinal);
        await RevokeAsync();
        await AssertAsync(MailProgram.Wrong);
        Assert.StartsWith("OK", await program.NoopAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("block")]
    [InlineData("reset")]
    public async Task An_admin_ends_them_at_once(string act)
    {
        await AssertAsync("OK");
        using var admin = await Admin.SignInAsync(Laptop);
        Assert.Equal(200, (await admin.PostAsync($"admin/users/{User.Id}/{act}")).Status);
        await AssertAsync(MailProgram.Wrong);
    }

    [Fact]
    public async Task Where_users_type_their_id_that_lets_them_in()
    {
        Assert.StartsWith(MailProgram.Wrong, await Dovecot.LogInAsync(User.Id, Password), StringComparison.Ordinal);
        await Dovecot.SetAsync($"  url = \"{Wire.Url}\"", $"  by_id = true,\n  url = \"{Wire.Url}/\"");
        await Handset.UntilAsync(() => Dovecot.LogInAsync(User.Id, Password), said => said.StartsWith("OK", StringComparison.Ordinal), "the user's id");
    }

    [Fact]
    public async Task The_page_is_followed_to_its_end()
    {
        await Dovecot.FollowAsync("Try it");
        await Wire.DisposeAsync();
        await AssertAsync(MailProgram.Later);
        Assert.StartsWith(MailProgram.Later, await Dovecot.LogInAsync("alice@contoso.example", Password), StringComparison.Ordinal);
        await Dovecot.FollowAsync("What the log says");
        await Dovecot.FollowAsync("Take it away");
    }
}
