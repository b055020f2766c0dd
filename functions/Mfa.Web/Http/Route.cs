using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>One route of the contract. Both heads serve the same list.</summary>
/// <param name="Name">Its name, unique; where templates overlap, the more specific one sorts first by name.</param>
/// <param name="Methods">The HTTP methods.</param>
/// <param name="Template">The path, without the leading slash.</param>
/// <param name="Access">Who may call it.</param>
/// <param name="Handle">What it does.</param>
public sealed record Route(string Name, IReadOnlyList<string> Methods, string Template, Access Access, Func<Call, Task<IResult>> Handle)
{
    /// <summary>Whether a browser shows the answer to a person: then a refusal is a page, and no JSON.</summary>
    public bool IsPage { get; init; }

    /// <summary>Whether scripts of any origin may read its answers: an authenticator holds accounts of many services.</summary>
    public bool AnyOrigin { get; init; }
}
