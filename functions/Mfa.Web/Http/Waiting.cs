using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>What a waiting GET asks for.</summary>
/// <param name="For">How long to wait at the most; nothing for an answer at once.</param>
/// <param name="Seen">The version that the caller has.</param>
public readonly record struct Waiting(TimeSpan For, long? Seen)
{
    private const int SecondsAtMost = 25;

    /// <summary>Reads <c>?wait=25&amp;seen=3</c>; longer waits are cut to 25 seconds.</summary>
    /// <exception cref="BadRequestException">One of them is not a whole number.</exception>
    public static Waiting Read(HttpRequest request)
    {
        var wait = Number(request, "wait");
        return new(TimeSpan.FromSeconds(Math.Min(wait ?? 0, SecondsAtMost)), Number(request, "seen"));
    }

    private static long? Number(HttpRequest request, string name)
    {
        if (!request.Query.TryGetValue(name, out var text))
        {
            return null;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BadRequestException(Problem.Field(name, "is not a whole number"));
    }
}
