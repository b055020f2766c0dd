using Xunit;

namespace Mfa.Contract;

// What holds of one carrier holds of the other: the same tests, by Twilio's wire.

/// <summary>All four ways by Twilio.</summary>
public sealed class FourWaysByTwilio(Storage storage) : FourWays(storage)
{
    protected override Dictionary<string, string?> Settings => ByTwilio.With(base.Settings);
}

/// <summary>Calls that do not verify, by Twilio.</summary>
public sealed class CallFailuresByTwilio(Storage storage) : CallFailures(storage)
{
    protected override Dictionary<string, string?> Settings => ByTwilio.With(base.Settings);

    // Twilio tells the two apart by nothing.
    protected override string Declined => "no-answer";
}

/// <summary>Texts that do not verify, by Twilio.</summary>
public sealed class TextFailuresByTwilio(Storage storage) : TextFailures(storage)
{
    protected override Dictionary<string, string?> Settings => ByTwilio.With(base.Settings);
}

/// <summary>Extensions by Twilio: a call asks for its questions, so that nobody asks for them.</summary>
public sealed class OfficeExtensionsByTwilio(Storage storage) : OfficeExtensions(storage)
{
    protected override Dictionary<string, string?> Settings => ByTwilio.With(base.Settings);

    protected override string[] AskedFor => ["call", "tones"];

    protected override string What(Tapped request) => (request.Method, request.Path) switch
    {
        ("POST", var path) when path.EndsWith("/Calls.json", StringComparison.Ordinal) => "call",
        ("POST", _) when request.Body.Contains("%3CPlay", StringComparison.OrdinalIgnoreCase) => "tones",
        ("POST", _) when request.Body.Contains("%3CGather", StringComparison.OrdinalIgnoreCase) => "question",
        _ => "",
    };
}

/// <summary>What phones cost by Twilio.</summary>
public sealed class PhoneBudgetByTwilio(Storage storage) : PhoneBudget(storage)
{
    protected override Dictionary<string, string?> Settings => ByTwilio.With(base.Settings);

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        // Its news of texts and calls are requests of their own, and aren't counted here.
        await Phone.HabitAsync(events: "lost");
    }

    protected override async Task ReplyAsync(string code) =>
        Assert.Equal(200, (await TwilioPost.Received(Laptop, Phone.Number, code).SendAsync(Laptop.Url, Laptop.Settings["Twilio:AuthTokens"])).Status);
}

/// <summary>A laptop that tests of signing in share, by Twilio.</summary>
public sealed class SignInLaptopByTwilio(Storage storage) : SignInLaptop(storage)
{
    protected override Dictionary<string, string?> Settings => ByTwilio.With(base.Settings);
}

/// <summary>Every way signs in by Twilio.</summary>
public sealed class SignInsByTwilio(SignInLaptopByTwilio shared) : SignIns(shared), IClassFixture<SignInLaptopByTwilio>;

/// <summary>Replies by Twilio.</summary>
public sealed class RepliesByTwilio(Storage storage) : Replies(storage)
{
    protected override Dictionary<string, string?> Settings => ByTwilio.With(base.Settings);

    protected override async Task ReplyAsync(params string[] bodies)
    {
        foreach (var body in bodies)
        {
            Assert.Equal(200, (await TwilioPost.Received(Laptop, Phone.Number, body).SendAsync(Laptop.Url, Laptop.Settings["Twilio:AuthTokens"])).Status);
        }
    }
}

/// <summary>Outages by Twilio, which is asked whether it has a text before it is sent again.</summary>
public sealed class OutagesByTwilio(Storage storage) : Outages(storage)
{
    protected override Dictionary<string, string?> Settings => ByTwilio.With(base.Settings);

    protected override int SlowAnswers => 1;

    protected override bool AskedForAgain => false;

    // Of a 503 of Twilio's nobody knows whether it was done.
    protected override Pass Away => Pass.TooMany;

    protected override Task LoseReportsAsync() => Phone.HabitAsync(events: "lost");
}

/// <summary>Killed anywhere, by Twilio.</summary>
public abstract class CrashesByTwilio(Storage storage) : CrashPoints(storage)
{
    protected override Dictionary<string, string?> Settings => ByTwilio.With(base.Settings);

    // Twilio tries a callback five times at once, and no more.
    protected override bool HasFront => true;

    // Before any carrier is asked, of the number and the clock, the tests by ACS show it.
    protected override int FirstPlace => 3;
}

/// <summary>A text whose code is typed, by Twilio.</summary>
public sealed class TextCrashesByTwilio(Storage storage) : CrashesByTwilio(storage)
{
    [Fact]
    public Task Killed_anywhere_a_typed_code_ends_right_and_nothing_is_sent_twice() => KillEverywhereAsync(Driven.Enrollment, "text", "twice", apart: false);
}

/// <summary>A text of which Twilio tells nothing by itself: its list alone settles what a head that was killed had sent.</summary>
public sealed class SilentCrashesByTwilio(Storage storage) : CrashesByTwilio(storage)
{
    [Fact]
    public Task Killed_anywhere_a_text_that_nothing_is_told_of_is_sent_once() => KillEverywhereAsync(Driven.Enrollment, "text", "lost", apart: false);
}

/// <summary>A text that Twilio refuses for reasons of its own, so that it goes by Azure Communication Services.</summary>
public sealed class FallbackCrashes(Storage storage) : CrashesByTwilio(storage)
{
    // An answer that a slow machine is late to take would leave it open whether Twilio has the text, and it would go over to nobody.
    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Carrier:Fallback"] = "acs", ["Policy:Lease"] = "00:00:06" };

    // Killed while Twilio was about to be asked: it may have the text, and nobody else is asked for it.
    protected override int FirstPlace => 4;

    protected override void Arrange(Laptop laptop) =>
        laptop.Carrier.Decide = request => Task.FromResult(request.Path.EndsWith("/Messages.json", StringComparison.Ordinal) ? Pass.TooMany : Pass.Through);

    [Fact]
    public Task Killed_anywhere_a_text_that_goes_over_is_sent_once() => KillEverywhereAsync(Driven.Enrollment, "text", "once", apart: false);
}

/// <summary>A text that is replied to, by Twilio.</summary>
public sealed class ReplyCrashesByTwilio(Storage storage) : CrashesByTwilio(storage)
{
    [Fact]
    public Task Killed_anywhere_a_reply_ends_right_and_nothing_is_sent_twice() => KillEverywhereAsync(Driven.Enrollment, "reply", "shuffled", apart: false);
}

/// <summary>A call, by Twilio.</summary>
public sealed class CallCrashesByTwilio(Storage storage) : CrashesByTwilio(storage)
{
    [Fact]
    public Task Killed_anywhere_a_call_ends_right_and_none_is_placed_twice() => KillEverywhereAsync(Driven.Enrollment, "call", "early", apart: false);
}

/// <summary>A call to a phone that is busy at first, by Twilio.</summary>
public sealed class BusyCrashesByTwilio(Storage storage) : CrashesByTwilio(storage)
{
    // Until the first call is placed it is as with any other.
    protected override int FirstPlace => 7;

    [Fact]
    public Task Killed_anywhere_a_call_to_a_busy_phone_ends_right_and_the_next_is_placed_once() => KillEverywhereAsync(Driven.Enrollment, "busy", "twice", apart: false);
}

/// <summary>A call to an extension, by Twilio.</summary>
public sealed class ExtensionCrashesByTwilio(Storage storage) : CrashesByTwilio(storage)
{
    // The same.
    protected override int FirstPlace => 6;

    [Fact]
    public Task Killed_anywhere_a_call_to_an_extension_ends_right_and_none_is_placed_twice() => KillEverywhereAsync(Driven.Enrollment, "extension", "shuffled", apart: false);
}

/// <summary>No crash, but the answer to one save or one request does not come, by Twilio.</summary>
public sealed class LostAnswersByTwilio(Storage storage) : CrashesByTwilio(storage)
{
    [Theory]
    [InlineData(Driven.Enrollment, "text")]
    [InlineData(Driven.Enrollment, "call")]
    public Task Whatever_answer_is_lost_it_ends_right_and_nothing_happens_twice(Driven driven, string way) => KillEverywhereAsync(driven, way, "once", loseAnswers: true, apart: false);
}

internal static class ByTwilio
{
    public static Dictionary<string, string?> With(Dictionary<string, string?> settings) => new(settings) { ["Carrier:Kind"] = "twilio" };
}
