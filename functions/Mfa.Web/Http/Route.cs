using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>Who may call a route.</summary>
public enum Caller
{
    /// <summary>Anyone.</summary>
    Anyone,

    /// <summary>A user who passed the first step: a bearer token.</summary>
    User,

    /// <summary>The carrier; the endpoint checks the proof, which differs for calls and texts.</summary>
    Carrier,
}

/// <summary>One route of the contract. Both heads serve the same list.</summary>
/// <param name="Name">Its name, unique; where templates overlap, the more specific one sorts first by name.</param>
/// <param name="Methods">The HTTP methods.</param>
/// <param name="Template">The path, without the leading slash.</param>
/// <param name="Caller">Who may call it.</param>
/// <param name="Handle">What it does.</param>
public sealed record Route(string Name, IReadOnlyList<string> Methods, string Template, Caller Caller, Func<Call, Task<IResult>> Handle);
