namespace Mfa.Pages;

/// <summary>What a company sets of its pages.</summary>
/// <param name="Company">What the company is called.</param>
/// <param name="Authority">The OIDC issuer of the first step; its document stands below it.</param>
/// <param name="ClientId">The pages' client id there; null where nobody can sign in at them.</param>
/// <param name="Scope">What the pages ask the issuer for (RFC 6749 section 3.3).</param>
/// <param name="ConnectOrigins">Origins that the pages may ask besides their own: the issuer's.</param>
/// <param name="FrameOrigins">Origins whose pages may show these in a frame; <c>'self'</c> for their own.</param>
/// <param name="ReturnOrigins">Origins that a user may be sent back to.</param>
/// <param name="Look">Its colours and logo.</param>
/// <param name="Support">Where users ask for help: a <c>mailto:</c> or <c>https:</c> address; null for none.</param>
public sealed record PageOptions(
    string Company,
    string Authority,
    string? ClientId,
    string Scope,
    IReadOnlyList<string> ConnectOrigins,
    IReadOnlyList<string> FrameOrigins,
    IReadOnlyList<string> ReturnOrigins,
    PageLook Look,
    string? Support);
