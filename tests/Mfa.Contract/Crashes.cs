using Xunit;

namespace Mfa.Contract;

// Where events come twice, each comes once at first: a run of those that come once would crash at the same places.

/// <summary>A text whose code is typed.</summary>
public sealed class TextCrashes(Storage storage) : CrashPoints(storage)
{
    [Theory]
    [InlineData(Driven.Enrollment, "twice", true)]
    [InlineData(Driven.Challenge, "twice", false)]
    public Task Killed_anywhere_a_typed_code_ends_right_and_nothing_is_sent_twice(Driven driven, string events, bool apart) => KillEverywhereAsync(driven, "text", events, apart: apart);
}

/// <summary>A text that is replied to.</summary>
public sealed class ReplyCrashes(Storage storage) : CrashPoints(storage)
{
    [Theory]
    [InlineData(Driven.Enrollment, "twice", true)]
    [InlineData(Driven.Enrollment, "shuffled", false)]
    [InlineData(Driven.Challenge, "shuffled", false)]
    public Task Killed_anywhere_a_reply_ends_right_and_nothing_is_sent_twice(Driven driven, string events, bool apart) => KillEverywhereAsync(driven, "reply", events, apart: apart);
}

/// <summary>A call.</summary>
public sealed class CallCrashes(Storage storage) : CrashPoints(storage)
{
    [Theory]
    [InlineData(Driven.Enrollment, "call", "twice", true)]
    [InlineData(Driven.Enrollment, "busy", "once", false)]
    [InlineData(Driven.Enrollment, "extension", "once", false)]
    public Task Killed_anywhere_a_call_ends_right_and_none_is_placed_twice(Driven driven, string way, string events, bool apart) => KillEverywhereAsync(driven, way, events, apart: apart);
}

/// <summary>A call whose events come in another order, or before the answer to the request that placed it.</summary>
public sealed class DisorderCrashes(Storage storage) : CrashPoints(storage)
{
    [Theory]
    [InlineData(Driven.Enrollment, "shuffled")]
    [InlineData(Driven.Enrollment, "early")]
    [InlineData(Driven.Challenge, "early")]
    public Task Killed_anywhere_a_call_in_disorder_ends_right_and_none_is_placed_twice(Driven driven, string events) => KillEverywhereAsync(driven, "call", events, apart: false);
}

/// <summary>A code of an authenticator.</summary>
public sealed class CodeCrashes(Storage storage) : CrashPoints(storage)
{
    [Theory]
    [InlineData(Driven.Enrollment)]
    [InlineData(Driven.Challenge)]
    public Task Killed_anywhere_an_authenticators_code_ends_right(Driven driven) => KillEverywhereAsync(driven, "code", "once", apart: driven == Driven.Enrollment);
}

/// <summary>A notification.</summary>
public sealed class NotificationCrashes(Storage storage) : CrashPoints(storage)
{
    [Theory]
    [InlineData(Driven.Enrollment)]
    [InlineData(Driven.Challenge)]
    public Task Killed_anywhere_a_notification_ends_right(Driven driven) => KillEverywhereAsync(driven, "notification", "once", apart: driven == Driven.Enrollment);
}

/// <summary>No crash, but the answer to one save or one request does not come.</summary>
public sealed class LostAnswers(Storage storage) : CrashPoints(storage)
{
    [Theory]
    [InlineData(Driven.Enrollment, "text")]
    [InlineData(Driven.Enrollment, "reply")]
    [InlineData(Driven.Enrollment, "call")]
    [InlineData(Driven.Enrollment, "code")]
    [InlineData(Driven.Challenge, "text")]
    [InlineData(Driven.Challenge, "call")]
    [InlineData(Driven.Challenge, "code")]
    [InlineData(Driven.Challenge, "notification")]
    public Task Whatever_answer_is_lost_it_ends_right_and_nothing_happens_twice(Driven driven, string way) => KillEverywhereAsync(driven, way, "once", loseAnswers: true);
}
