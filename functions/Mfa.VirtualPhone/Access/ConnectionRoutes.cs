namespace Mfa.VirtualPhone;

/// <summary>How a carrier's client finds the network: its connection string, and the keys its events are proved with.</summary>
internal static class ConnectionRoutes
{
    private const string OpenIdPath = "/calling/.well-known/acsopenidconfiguration";
    private const string KeysPath = "/calling/keys";

    private static readonly string[] SigningAlgorithms = ["RS256"];

    public static void Map(WebApplication app)
    {
        app.MapGet("/connection", (HttpRequest request, VirtualPhoneOptions options) => WireJson.Answer(new
        {
            connectionString = $"endpoint={Base(request)}/;accesskey={options.AccessKey}",
            resourceId = options.ResourceId,
            issuer = options.Issuer,
            openIdConfiguration = Base(request) + OpenIdPath,
            numbers = options.Numbers,
            twilio = new
            {
                url = Base(request),
                accountSid = options.TwilioAccountSid,
                authToken = options.TwilioAuthToken,
                numbers = options.TwilioNumbers,
                messagingService = options.TwilioMessagingService,
            },
        })).AddEndpointFilter<LocalGate>();

        app.MapGet(OpenIdPath, (HttpRequest request, VirtualPhoneOptions options) => Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = options.Issuer,
            ["jwks_uri"] = Base(request) + KeysPath,
            ["id_token_signing_alg_values_supported"] = SigningAlgorithms,
        }));

        app.MapGet(KeysPath, () => WireJson.Answer(EventTokens.KeySet()));
    }

    private static string Base(HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
