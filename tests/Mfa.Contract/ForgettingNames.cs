using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Mfa.Web;
using Xunit;

namespace Mfa.Contract;

/// <summary>Of a name that somebody made up nothing is kept for ever.</summary>
public sealed class ForgettingNames(Storage storage) : PurgeTest(storage)
{
    [Theory]
    [InlineData("user")]
    [InlineData("userName")]
    public async Task What_was_asked_of_nobody_is_forgotten_with_the_account(string by)
    {
        var name = Person.NewName();
        var key = await AskedAsync(by, name);
        Assert.NotEmpty(await RowsAsync(key));
        await AfterAsync(TimeSpan.FromHours(2));
        Assert.NotEmpty(await RowsAsync(key));
        await PassAsync();
        Assert.Empty(await RowsAsync(key));
        Assert.DoesNotContain(await Table("purge").QueryAsync<TableEntity>().ToListAsync(), n => n.RowKey == key);
        // And asked for again, it is made up again.
        Assert.Equal(key, await AskedAsync(by, name));
    }

    [Fact]
    public async Task A_user_of_whom_an_admin_told_stays()
    {
        using var admin = await Admin.SignInAsync(Laptop);
        var name = Person.NewName();
        Assert.Equal(201, (await admin.SendAsync("PUT", $"admin/users/{name}", new() { ["required"] = true })).Status);
        var key = await AskedAsync("user", name);
        await PassAsync();
        Assert.Contains($"account-{key}", await RowsAsync(key));
    }

    private async Task<string> AskedAsync(string by, string name)
    {
        using var blind = await Laptop.RelyingPartyAsync("shop", "contoso", "mfa.verify", "mfa.verify.blind");
        var opened = await blind.PostAsync("challenges", new JsonObject { [by] = name });
        Assert.Equal(201, opened.Status);
        await blind.VerifyAsync(opened["id"], "000000");
        return RowNames.AccountOf(opened["id"]);
    }

    private async Task PassAsync()
    {
        // What runs ends and is settled, what ended is forgotten, and then what was told of it.
        for (var i = 0; i < 5; i++)
        {
            await AfterAsync(TimeSpan.FromDays(4));
        }
    }

    private async Task<List<string>> RowsAsync(string key) => await Table("accounts").QueryAsync<TableEntity>(r => r.PartitionKey == key).Select(r => r.RowKey).ToListAsync();
}
