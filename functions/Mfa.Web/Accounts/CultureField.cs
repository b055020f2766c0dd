namespace Mfa.Web;

/// <summary>The member <c>culture</c> of a request.</summary>
/// <param name="Given">Whether it is there, be it as null.</param>
/// <param name="Name">The culture; null for that of each request.</param>
public readonly record struct CultureField(bool Given, string? Name)
{
    private const int AtMost = 35;

    public static CultureField Read(Fields fields)
    {
        if (fields.Text("culture", AtMost) is not { } text)
        {
            return new(fields.Holds("culture"), null);
        }

        if (Cultures.Find(text) is { } name)
        {
            return new(true, name);
        }

        fields.Fault("culture", "is no language such as nl or nl-NL");
        return default;
    }
}
