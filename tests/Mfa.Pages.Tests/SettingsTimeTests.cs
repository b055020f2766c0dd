using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Settings that are left open for a while.</summary>
public sealed class SettingsTimeTests(Chromium chromium, Storage storage) : SettingsTest(chromium, storage)
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);

    private protected override TimeProvider Time => _time;

    [Fact]
    public async Task A_second_step_that_is_too_old_is_taken_again()
    {
        // Between two texts there is some time.
        _time.Advance(TimeSpan.FromMinutes(1));
        await using var page = await Open();
        await Act(page, "settings-prefer", Name(Second));
        await Answer(page, "settings-prefer");
        await Prove(page, First, 2);
        await Told(page, "settings-methods", "settings-preferred", ("name", Name(Second)));
        _time.Advance(TimeSpan.FromMinutes(11));
        await Act(page, "settings-prefer", Name(First));
        await Answer(page, "settings-prefer");
        await Prove(page, Second, 2);
        await Told(page, "settings-methods", "settings-preferred", ("name", Name(First)));
    }
}
