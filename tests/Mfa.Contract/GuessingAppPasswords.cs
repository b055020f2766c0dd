using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Mfa.Contract;

/// <summary>Somebody who guesses app passwords for a day, by every relying party and route that takes one.</summary>
public sealed class GuessingAppPasswords(Storage storage) : LaptopTest(storage)
{
    // Midnight, so that a day is a day.
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow.Date.AddDays(1));

    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false", ["Policy:AppPasswords"] = "true" };

    protected override TimeProvider Time => _time;

    [Fact]
    public async Task In_a_day_three_hundred_are_counted_none_is_found_and_the_users_programs_go_on()
    {
        using var device = new DeviceApp(Laptop.Url) { Time = _time };
        var step = (await User.SetUpDeviceAsync(device))["assertion"];
        var made = await User.PostAsync("me/app-passwords", new JsonObject { ["name"] = "Mail" }, ("Mfa-Assertion", step));
        Assert.Equal(201, made.Status);
        var password = Seen.Secret(made["password"]);
        var (counted, refused) = (0, 0);
        for (var hour = 0; hour < 24; hour++)
        {
            for (var n = 0; n < 4; n++)
            {
                // One of them may not know who exists.
                using var party = await Laptop.RelyingPartyAsync($"mail{n}", "contoso", n == 3 ? ["mfa.verify", "mfa.verify.blind"] : ["mfa.verify"]);
                for (var i = 0; i < (hour == 0 ? 105 : 2); i++)
                {
                    var answer = await CheckAsync(party, RandomNumberGenerator.GetString("abcdefghijkmnpqrstuvwxyz", 16));
                    Assert.True(answer.Status == 429 || answer["valid"] == "false", answer.ToString());
                    (counted, refused) = answer.Status == 200 ? (counted + 1, refused) : (counted, refused + 1);
                }

                Assert.Equal("true", (await CheckAsync(party, password))["valid"]);
            }

            _time.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal((300, (4 * 105) + (23 * 4 * 2) - 300), (counted, refused));
        using var next = await Laptop.RelyingPartyAsync("mail0");
        Assert.Equal(200, (await CheckAsync(next, "aaaabbbbccccdddd")).Status);
        // What stands in the place of both steps is neither of the two.
        BadInput.AssertProblem(await next.PostAsync("verify", new JsonObject { ["user"] = User.Id, ["code"] = password }), 400, "invalid-request");
    }

    private Task<Reply> CheckAsync(RelyingParty party, string password) =>
        party.PostAsync("app-passwords/verify", new JsonObject { ["user"] = User.Id, ["password"] = password });
}
