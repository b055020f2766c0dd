using Mfa.Core;

namespace Mfa.Web;

/// <summary>What a user asked to set up.</summary>
/// <param name="Kind">The method.</param>
/// <param name="How">The way.</param>
/// <param name="Phone">The number, of a phone.</param>
public sealed record EnrollmentChoice(MethodKind Kind, How How, PhoneNumber? Phone)
{
    /// <summary>What was asked for, for recognising it again.</summary>
    public string Summary => $"{Kind}/{How}/{Phone?.Tel}";
}
