using System.Globalization;
using System.Text;

namespace Mfa.Core;

/// <summary>What people type, made plain: digits of any script become ASCII ones.</summary>
internal static class TypedDigits
{
    /// <summary>What stands for any space or dash in the answer of <see cref="Plain"/>.</summary>
    public const char Separator = '-';

    /// <summary>Decimal digits (fullwidth, Arabic-Indic, …) as ASCII, spaces and dashes as <see cref="Separator"/>,
    /// invisible marks (as copied from a right-to-left text) dropped, everything else as it was.</summary>
    public static string Plain(string typed)
    {
        var plain = new StringBuilder(typed.Length);
        foreach (var rune in typed.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.DecimalDigitNumber: plain.Append((char)('0' + (int)Rune.GetNumericValue(rune))); break;
                case UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation: plain.Append(Separator); break;
                case UnicodeCategory.Format: break;
                default: plain.Append(rune); break;
            }
        }
        return plain.ToString();
    }
}
