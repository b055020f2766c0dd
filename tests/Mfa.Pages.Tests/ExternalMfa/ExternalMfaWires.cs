using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>A sign-in to Microsoft 365 on a bad line: what is lost on the way is asked again, and Entra is answered once.</summary>
public sealed class ExternalMfaWires(Chromium chromium, EntraLaptop laptop) : IClassFixture<EntraLaptop>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_answer_is_asked_again_where_it_was_lost(bool wasServed)
    {
        var (user, phone) = await laptop.WithPhoneAsync();
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, user);
        var lost = 0;
        await visit.Page.Context.RouteAsync("**/external-mfa/answers/*", async route =>
        {
            if (Interlocked.Increment(ref lost) > 1)
            {
                await route.ContinueAsync();
                return;
            }

            if (wasServed)
            {
                await route.FetchAsync();
            }

            await route.AbortAsync();
        });
        await visit.Page.Type("code-of-text", await phone.CodeAsync(2));
        await visit.Page.Press("verify");
        await visit.SignedInAsync("sms");
        Assert.Equal(2, lost);
    }

    [Fact]
    public async Task While_the_way_back_is_slow_nothing_is_answered_twice()
    {
        var (user, phone) = await laptop.WithPhoneAsync();
        await using var visit = await EntraVisit.BeginAsync(chromium.Browser, laptop, user);
        var before = laptop.Entra.Outcomes.Count;
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.Context.RouteAsync("**/common/federation/externalauthprovider", async route =>
        {
            arrived.TrySetResult();
            await goOn.Task;
            await route.ContinueAsync();
        });
        await visit.Page.Type("code-of-text", await phone.CodeAsync(2));
        await visit.Page.Press("verify");
        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30));
        goOn.SetResult();
        await visit.SignedInAsync("sms");
        Assert.Equal(before + 1, laptop.Entra.Outcomes.Count);
    }
}
