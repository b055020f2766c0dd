using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Mfa.Core;

/// <summary>
/// An extension behind a company's number: digits that are sent as tones once the call is answered, with pauses before and between
/// them. Made only by parsing; prints itself masked; equal by <see cref="Dial"/>.
/// </summary>
[DebuggerDisplay("{Masked,nq}")]
public sealed partial record Extension
{
    /// <summary>The most digits and pauses that one has.</summary>
    public const int Longest = 12;

    private Extension(string dial) => Dial = dial;

    /// <summary>Digits, and a <c>w</c> for each pause: <c>ww12</c>. Personal data: not for answers or logs.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string Dial { get; }

    /// <summary>For answers, logs and pages: a bullet for each digit.</summary>
    public string Masked => new('•', Dial.Count(char.IsAsciiDigit));

    /// <summary>The digits that are sent together, in their order.</summary>
    public ImmutableArray<string> Tones => [.. Dial.Split('w', StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>How many pauses are before each of <see cref="Tones"/>. Before the first is one at least: whoever answers needs a moment to listen.</summary>
    public ImmutableArray<int> Pauses
    {
        get
        {
            ImmutableArray<int> written = [.. Part().Matches(Dial).Select(part => part.Groups["pauses"].Length)];
            return written.SetItem(0, Math.Max(written[0], 1));
        }
    }

    /// <summary>Reads digits and pauses (<c>w</c>, <c>p</c> or a comma each); null where it is something else, is too long or ends on a pause.</summary>
    internal static Extension? Parse(string dial) =>
        dial.Length <= Longest && Dialled().IsMatch(dial) ? new(dial.Replace(',', 'w').Replace('p', 'w').Replace('P', 'w').Replace('W', 'w')) : null;

    public bool Equals(Extension? other) => other is not null && Dial == other.Dial;

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Dial);

    /// <summary><see cref="Masked"/>.</summary>
    public override string ToString() => Masked;

    [GeneratedRegex("^[0-9wp,]*[0-9]\\z", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Dialled();

    [GeneratedRegex("(?<pauses>w*)[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Part();
}
