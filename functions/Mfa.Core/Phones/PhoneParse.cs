using System.Diagnostics.CodeAnalysis;

namespace Mfa.Core;

/// <summary>What <see cref="PhoneNumber.Parse"/> found: the number, or why it is refused.</summary>
public sealed record PhoneParse
{
    private PhoneParse(PhoneNumber? number, PhoneRefusal? refusal) => (Number, Refusal) = (number, refusal);

    /// <summary>The number; null when it is refused.</summary>
    public PhoneNumber? Number { get; }

    /// <summary>Why it is refused; null when it isn't.</summary>
    public PhoneRefusal? Refusal { get; }

    /// <summary>Whether there is a number.</summary>
    [MemberNotNullWhen(true, nameof(Number)), MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsNumber => Number is not null;

    public static implicit operator PhoneParse(PhoneNumber number) => new(number, null);

    public static implicit operator PhoneParse(PhoneRefusal refusal) => new(null, refusal);
}
