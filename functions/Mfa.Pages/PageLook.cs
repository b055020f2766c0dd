namespace Mfa.Pages;

/// <summary>The company's look.</summary>
/// <param name="Colour">Of buttons, links and the focus ring by day; null for ours.</param>
/// <param name="DarkColour">The same by night.</param>
/// <param name="Logo">A picture as a <c>data:</c> URI; null for the name alone.</param>
public sealed record PageLook(Colour? Colour, Colour? DarkColour, string? Logo)
{
    /// <summary>The least contrast of text with what is behind it (WCAG 2.2, 1.4.3).</summary>
    public const double LeastContrast = 4.5;

    /// <summary>What a page's text in the company's colour stands on by day: a card, the ground, and the tint of what is chosen.</summary>
    public static IReadOnlyList<Colour> Grounds(Colour colour) => [new(0xff, 0xff, 0xff), new(0xf3, 0xf6, 0xf5), colour.Over(new(0xff, 0xff, 0xff), TintShare)];

    /// <summary>The same by night.</summary>
    public static IReadOnlyList<Colour> DarkGrounds(Colour colour) => [new(0x18, 0x21, 0x20), new(0x0e, 0x14, 0x13), colour.Over(new(0x18, 0x21, 0x20), TintShare)];

    /// <summary>Whether text in a colour can be read on all that it stands on.</summary>
    public static bool IsReadable(Colour colour, IReadOnlyList<Colour> grounds) => grounds.All(g => colour.Contrast(g) >= LeastContrast);

    /// <summary>The colour by night where none is named: that of the day, as much lighter as it takes.</summary>
    public static Colour Lightened(Colour colour) => Enumerable.Range(0, 21)
        .Select(step => new Colour(0xff, 0xff, 0xff).Over(colour, step / 20.0))
        .First(c => IsReadable(c, DarkGrounds(c)));

    /// <summary>The style sheet's values for it; nothing where it is ours.</summary>
    public string Css => Colour is not { } day ? "" : $"{Rule(day)}\n@media (prefers-color-scheme: dark) {{ {Rule(DarkColour ?? Lightened(day))} }}\n";

    private const double TintShare = .1;

    private static string Rule(Colour colour) =>
        $":root {{ --brand: {colour}; --on-brand: {colour.Ink}; --tint: color-mix(in srgb, {colour} {TintShare * 100:0}%, var(--card)); }}";
}
