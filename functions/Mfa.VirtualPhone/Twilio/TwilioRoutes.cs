namespace Mfa.VirtualPhone;

/// <summary>The second wire: Twilio's REST surface, as far as calls and texts need it.</summary>
internal static class TwilioRoutes
{
    public static void Add(IServiceCollection services) => services
        .AddSingleton<WebhookPoster>()
        .AddSingleton<RequestPace>()
        .AddSingleton<Answering>()
        .AddSingleton<TwilioTextDesk>()
        .AddSingleton<TwilioExchange>();

    public static void Map(WebApplication app)
    {
        var account = app.MapGroup("/2010-04-01/Accounts/{account}").AddEndpointFilter<TwilioGate>();
        TwilioTextRoutes.Map(account);
        TwilioCallRoutes.Map(account);
        account.Map("/{**rest}", (HttpRequest request) => TwilioError.NotFound(request));
    }
}
