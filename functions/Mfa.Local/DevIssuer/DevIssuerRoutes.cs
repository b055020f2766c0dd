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
        dev.MapPost("/token", async (HttpRequest request, DevTokens tokens, AuthorizationCodes codes) =>
            request.HasFormContentType ? Granted(await request.ReadFormAsync(), tokens, codes) : Refused("invalid_request", "The parameters are to be posted as a form."));
        dev.MapGet("/keys", (DevTokens tokens) => Results.Json(tokens.KeySet()));
        dev.MapGet("/.well-known/openid-configuration", (HttpRequest request) => Results.Json(Document($"{request.Scheme}://{request.Host}/dev")));
    }

    private static IResult Granted(IFormCollection form, DevTokens tokens, AuthorizationCodes codes) => form["grant_type"].ToString() switch
    {
        "client_credentials" when DevCaller.ReadGrant(form) is { } caller => Token(tokens, caller),
        "client_credentials" => Refused("invalid_request", "Post grant_type=client_credentials, client_id and client_secret as a form."),
        "authorization_code" => codes.Redeem(form["code"].ToString(), form["client_id"].ToString(), form["redirect_uri"].ToString(), form["code_verifier"].ToString()) is var (request, caller)
            ? Tokens(tokens, request, caller)
            : Refused("invalid_grant", "The code is used, over a minute old, or of another client_id, redirect_uri or code_verifier."),
        "" => Refused("invalid_request", "grant_type is missing."),
        _ => Refused("unsupported_grant_type", "grant_type can only be authorization_code or client_credentials."),
    };

    private static IResult Token(DevTokens tokens, DevCaller caller) =>
        Results.Json(new { access_token = tokens.For(caller), token_type = "Bearer", expires_in = (int)tokens.Lifetime.TotalSeconds });

    private static IResult Tokens(DevTokens tokens, SignInRequest request, DevCaller caller)
    {
        var answer = new Dictionary<string, object>
        {
            ["access_token"] = tokens.For(caller, request.Scope),
            ["token_type"] = "Bearer",
            ["expires_in"] = (int)tokens.Lifetime.TotalSeconds,
            ["scope"] = request.Scope,
        };
        if (request.Scope.Split(' ').Contains("openid"))
        {
            answer["id_token"] = tokens.IdTokenFor(caller, request.Nonce);
        }

        return Results.Json(answer);
    }

    // RFC 6749 section 5.2.
    private static IResult Refused(string error, string says) =>
        Results.Json(new { error, error_description = says }, statusCode: StatusCodes.Status400BadRequest);

    private static object Document(string root) => new
    {
        issuer = DevTokens.Issuer,
        jwks_uri = $"{root}/keys",
        authorization_endpoint = $"{root}/authorize",
        token_endpoint = $"{root}/token",
        end_session_endpoint = $"{root}/end-session",
        response_types_supported = new[] { "code" },
        response_modes_supported = new[] { "query" },
        grant_types_supported = new[] { "authorization_code", "client_credentials" },
        code_challenge_methods_supported = new[] { "S256" },
        token_endpoint_auth_methods_supported = new[] { "none", "client_secret_post" },
        authorization_response_iss_parameter_supported = true,
        request_parameter_supported = false,
        request_uri_parameter_supported = false,
        prompt_values_supported = new[] { "none", "login", "select_account" },
        scopes_supported = new[] { "openid" },
        claims_supported = new[] { "sub", "oid", "tid", "sid", "preferred_username", "auth_time", "nonce" },
        id_token_signing_alg_values_supported = new[] { "RS256" },
        subject_types_supported = new[] { "public" },
    };
}
