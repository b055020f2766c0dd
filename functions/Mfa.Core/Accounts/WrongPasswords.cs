using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>Wrong app passwords that one relying party showed within an hour.</summary>
/// <param name="Since">When the first of them came.</param>
/// <param name="Count">How many different ones.</param>
/// <param name="Last">What the last of them, and of the hours before, are recognised by: a program that goes on with one that was revoked guesses nothing.</param>
public sealed record WrongPasswords(DateTimeOffset Since, int Count, ImmutableArray<string> Last)
{
    private const int Remembered = 10;
    private static readonly TimeSpan s_window = TimeSpan.FromHours(1);

    /// <summary>When they count no more.</summary>
    [JsonIgnore]
    public DateTimeOffset EndsAt => Since + s_window;

    /// <summary>These, and another; the very same where it is one of the last.</summary>
    public WrongPasswords And(string mark) => Last.Contains(mark) ? this : this with { Count = Count + 1, Last = [.. Last.Add(mark).TakeLast(Remembered)] };
}
