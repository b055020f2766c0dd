namespace Mfa.Local;

/// <summary>The development issuer over HTTP: tokens, and the OIDC document and keys that the backend checks them with.</summary>
public static class DevIssuerRoutes
{
    /// <summary>Maps the routes below a group.</summary>
    /// <param name="dev">The group <c>/dev</c>, behind a <see cref="LoopbackGate"/>.</param>
    public static void Map(RouteGroupBuilder dev)
    {
        dev.MapGet("/token", (HttpRequest request, DevTokens tokens) =>
        {
            var (caller, fault) = DevCaller.Read(request.Query);
            return caller is null ? fault : Token(tokens, caller);
        });
        dev.MapPost("/token", async (HttpRequest request, DevTokens tokens) =>
            request.HasFormContentType && DevCaller.ReadGrant(await request.ReadFormAsync()) is { } caller
                ? Token(tokens, caller)
                : Results.Json(new { error = "invalid_request", error_description = "Post grant_type=client_credentials, client_id and client_secret as a form." }, statusCode: StatusCodes.Status400BadRequest));
        dev.MapGet("/keys", (DevTokens tokens) => Results.Json(tokens.KeySet()));
        dev.MapGet("/.well-known/openid-configuration", (HttpRequest request) => Results.Json(Document($"{request.Scheme}://{request.Host}/dev")));
    }

    private static IResult Token(DevTokens tokens, DevCaller caller) =>
        Results.Json(new { access_token = tokens.For(caller), token_type = "Bearer", expires_in = (int)DevTokens.Lifetime.TotalSeconds });

    private static object Document(string root) => new
    {
        issuer = DevTokens.Issuer,
        jwks_uri = $"{root}/keys",
        token_endpoint = $"{root}/token",
        id_token_signing_alg_values_supported = new[] { "RS256" },
        response_types_supported = new[] { "token" },
        subject_types_supported = new[] { "public" },
    };
}
