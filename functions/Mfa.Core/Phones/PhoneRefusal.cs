namespace Mfa.Core;

/// <summary>Why a phone number is not taken.</summary>
public enum PhoneRefusal
{
    /// <summary>The region is none we know, or is missing and the number doesn't start with +.</summary>
    UnknownRegion,
    /// <summary>What was typed is empty or is not a phone number.</summary>
    NotANumber,
    /// <summary>The calling code after the + is nobody's.</summary>
    UnknownCallingCode,
    /// <summary>The number's calling code is not the region's.</summary>
    RegionMismatch,
    /// <summary>Longer than the region's numbers, than E.164's 15 digits, or than <see cref="PhoneNumber.MostTyped"/> characters.</summary>
    TooLong,
    /// <summary>Shorter than the region's numbers, or without its area code.</summary>
    TooShort,
    /// <summary>The length is right, but no such number is given out.</summary>
    NotInUse,
    /// <summary>It has an extension, which only an office phone of the company's directory may have.</summary>
    HasExtension,
    /// <summary>An emergency number: never contacted.</summary>
    Emergency,
    /// <summary>A short number that works only inside the region.</summary>
    ShortNumber,
    /// <summary>A premium-rate number: never contacted.</summary>
    PremiumRate,
    /// <summary>A shared-cost number: never contacted.</summary>
    SharedCost,
    /// <summary>Toll-free, company-wide, personal, pager, voicemail or international-network numbers: no phone that a person answers.</summary>
    NotAPersonsPhone,
}
