using Azure.Data.Tables;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Mfa.Contract;

/// <summary>What is known of a telephone number is forgotten after its time, and a no is not.</summary>
public sealed class ForgettingNumbers(Storage storage) : PurgeTest(storage)
{
    [Fact]
    public async Task A_number_is_forgotten_thirty_days_after_its_last_use_and_one_that_texted_stop_is_not()
    {
        await ContactAsync();
        var other = Laptop.NewPhone();
        using var user = await Laptop.SignInAsync();
        await user.ContactAsync((await user.EnrollPhoneAsync(other.Number))["id"]);
        await other.TextAsync(Laptop.Sender, "STOP");
        await Handset.UntilAsync(() => StoppedAsync(other), stopped => stopped, "STOP");
        // A week later the enrollment is forgotten, and its number noted.
        await AfterAsync(TimeSpan.FromDays(7.1));
        await AfterAsync(TimeSpan.FromHours(2));
        await AfterAsync(TimeSpan.FromHours(2));
        await AfterAsync(TimeSpan.FromDays(22));
        Assert.Equal(2, await NumbersAsync());
        await AfterAsync(TimeSpan.FromDays(1.5));
        Assert.Equal(1, await NumbersAsync());
        Assert.True(await StoppedAsync(other));

        // Once it texted START it is like any other.
        await other.TextAsync(Laptop.Sender, "START");
        await Handset.UntilAsync(() => StoppedAsync(other), stopped => !stopped, "START");
        await AfterAsync(TimeSpan.FromDays(31));
        Assert.Equal(0, await NumbersAsync());
    }

    private async Task<bool> StoppedAsync(Handset phone)
    {
        var key = Laptop.Head.Services.GetRequiredService<RowNames>().NumberKey(Core.PhoneNumber.FromE164(phone.Number));
        return (await Table("numbers").GetEntityAsync<TableEntity>(key, $"number-{key}")).Value.GetString("Payload").Contains("\"optedOut\":true", StringComparison.Ordinal);
    }

    private async Task<int> NumbersAsync()
    {
        var count = 0;
        await foreach (var _ in Table("numbers").QueryAsync<TableEntity>())
        {
            count++;
        }

        return count;
    }
}
