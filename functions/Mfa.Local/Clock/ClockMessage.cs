using System.Diagnostics.CodeAnalysis;

namespace Mfa.Local;

/// <summary>A message of the clock: the verification, and whether it is an extra one beside the verification's own.</summary>
/// <param name="VerificationId">The verification.</param>
/// <param name="IsExtra">It ends as soon as nothing becomes due before the deadline, for which the verification's own message comes.</param>
public readonly record struct ClockMessage(string VerificationId, bool IsExtra)
{
    private const char Extra = '+';
    private const int AtMost = 128;

    /// <summary>Reads a message's body; false for anything that this clock doesn't write.</summary>
    public static bool TryParse([NotNullWhen(true)] string? body, out ClockMessage message)
    {
        message = default;
        if (body is not { Length: > 1 and <= AtMost })
        {
            return false;
        }

        message = new(body.TrimStart(Extra), body[0] == Extra);
        return message.VerificationId.Length > 0 && message.VerificationId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
    }

    /// <summary>The body.</summary>
    public override string ToString() => IsExtra ? Extra + VerificationId : VerificationId;
}
