using Xunit;

namespace Mfa.Contract;

/// <summary>A text whose code is typed.</summary>
public sealed class TextCrashes(Storage storage) : CrashPoints(storage)
{
    [Theory]
    [InlineData("once")]
    [InlineData("twice")]
    public Task Killed_anywhere_a_typed_code_ends_right_and_nothing_is_sent_twice(string events) => KillEverywhereAsync("text", events);
}

/// <summary>A text that is replied to.</summary>
public sealed class ReplyCrashes(Storage storage) : CrashPoints(storage)
{
    [Theory]
    [InlineData("once")]
    [InlineData("twice")]
    [InlineData("shuffled")]
    public Task Killed_anywhere_a_reply_ends_right_and_nothing_is_sent_twice(string events) => KillEverywhereAsync("reply", events);
}

/// <summary>A call.</summary>
public sealed class CallCrashes(Storage storage) : CrashPoints(storage)
{
    [Theory]
    [InlineData("call", "once")]
    [InlineData("call", "twice")]
    [InlineData("busy", "once")]
    public Task Killed_anywhere_a_call_ends_right_and_none_is_placed_twice(string way, string events) => KillEverywhereAsync(way, events);
}

/// <summary>A call whose events come in another order, or before the answer to the request that placed it.</summary>
public sealed class DisorderCrashes(Storage storage) : CrashPoints(storage)
{
    [Theory]
    [InlineData("shuffled")]
    [InlineData("early")]
    public Task Killed_anywhere_a_call_in_disorder_ends_right_and_none_is_placed_twice(string events) => KillEverywhereAsync("call", events);
}

/// <summary>A code of an authenticator.</summary>
public sealed class CodeCrashes(Storage storage) : CrashPoints(storage)
{
    [Fact]
    public Task Killed_anywhere_an_authenticators_code_ends_right() => KillEverywhereAsync("code", "once");
}

/// <summary>No crash, but the answer to one save or one request does not come.</summary>
public sealed class LostAnswers(Storage storage) : CrashPoints(storage)
{
    [Theory]
    [InlineData("text")]
    [InlineData("reply")]
    [InlineData("call")]
    [InlineData("code")]
    public Task Whatever_answer_is_lost_it_ends_right_and_nothing_happens_twice(string way) => KillEverywhereAsync(way, "once", loseAnswers: true);
}
