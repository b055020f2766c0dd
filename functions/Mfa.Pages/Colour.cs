using System.Globalization;

namespace Mfa.Pages;

/// <summary>A colour of sRGB.</summary>
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    /// <summary>Reads <c>#rrggbb</c>; null where it is none.</summary>
    public static Colour? Parse(string text) =>
        text.Length == 7 && text[0] == '#' && uint.TryParse(text.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            ? new((byte)(value >> 16), (byte)(value >> 8), (byte)value) : null;

    /// <summary>The contrast of two colours, 1 to 21 (WCAG 2.2, "contrast ratio").</summary>
    public double Contrast(Colour other)
    {
        var (a, b) = (Luminance, other.Luminance);
        return (Math.Max(a, b) + .05) / (Math.Min(a, b) + .05);
    }

    /// <summary>It, laid over another: so much of it, the rest of that.</summary>
    public Colour Over(Colour ground, double share)
    {
        return new(Mix(Red, ground.Red), Mix(Green, ground.Green), Mix(Blue, ground.Blue));

        byte Mix(byte mine, byte its) => (byte)Math.Round((mine * share) + (its * (1 - share)));
    }

    /// <summary>What is written on it: white or nearly black, whichever can be read better.</summary>
    public Colour Ink
    {
        get
        {
            var (white, black) = (new Colour(0xff, 0xff, 0xff), new Colour(0, 0, 0));
            return Contrast(white) >= Contrast(black) ? white : black;
        }
    }

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    private double Luminance => (.2126 * Linear(Red)) + (.7152 * Linear(Green)) + (.0722 * Linear(Blue));

    private static double Linear(byte channel)
    {
        var c = channel / 255.0;
        return c <= .04045 ? c / 12.92 : Math.Pow((c + .055) / 1.055, 2.4);
    }
}
