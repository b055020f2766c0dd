namespace Mfa.Web;

/// <summary>What a device is called: a line that is shown to its user before they trust it.</summary>
public static class DeviceName
{
    /// <summary>The most characters.</summary>
    public const int AtMost = 60;

    /// <summary>Reads one that must be there.</summary>
    public static string Read(Fields fields, string field)
    {
        var name = fields.RequiredText(field, AtMost).Trim();
        // Characters that turn the line round, or stand nowhere in it, could make it look like another.
        if (name.Any(c => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator))
        {
            fields.Fault(field, "has characters that can't be seen");
        }

        return name;
    }
}
