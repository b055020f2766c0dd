using Azure.Core;
using Mfa.Pages;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Mfa.Web;

/// <summary>
/// Registers everything that both heads share. A head adds its <see cref="IVerificationClock"/>, its <see cref="Carriers"/>, and its
/// <see cref="TokenCredential"/> where the settings name storage by its address.
/// </summary>
public static class MfaServices
{
    public static IServiceCollection AddMfa(this IServiceCollection services, MfaSettings settings)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings.Service).AddSingleton(settings.Auth).AddSingleton(settings.Clients).AddSingleton(settings.Carrier).AddSingleton(settings.Push);
        services.AddSingleton(settings.Verifications).AddSingleton(settings.Accounts).AddSingleton(settings.Regions);
        services.AddSingleton(settings.Keys).AddSingleton(settings.AssertionKeys);
        services.AddSingleton(_ => new UserPages(settings.Pages, Languages.Shipped));
        services.AddSingleton(s => new Tables(settings.Storage, s.GetService<TokenCredential>()));
        services.AddSingleton<RowNames>().AddSingleton<SecretColumns>().AddSingleton<SlowHash>().AddSingleton<Assertions>();
        services.AddSingleton<AccountRows>().AddSingleton<HolderRows>().AddSingleton<NumberRows>().AddSingleton<NumberReservation>();
        services.AddSingleton<VerificationLog>().AddSingleton<PurgeRows>().AddSingleton<AuditRows>().AddSingleton<AuditFeed>().AddSingleton<AuditCopy>().AddSingleton<Purge>();
        services.AddSingleton<Changes>().AddSingleton<RowLocks>().AddSingleton<EffectPerformer>().AddSingleton(NoticeKind.Rows).AddSingleton<Notices>().AddSingleton<VerificationAdvance>();
        services.AddSingleton<InboxItem>().AddSingleton<InboxRows>();
        services.AddSingleton<ActivateDevice>().AddSingleton<DeviceRequests>().AddSingleton<AnswerRequest>().AddSingleton<DevicePush>().AddSingleton<ChangeDevice>().AddSingleton<OwnDevices>();
        services.AddSingleton<ContactMe>().AddSingleton<HolderOpening>().AddSingleton<HolderCancel>().AddSingleton<HolderChange>().AddSingleton<HolderWait>();
        services.AddSingleton(new BlindBeat(settings.Service.BlindBeat)).AddSingleton<EndpointRunner>().AddSingleton<BearerTokens>().AddSingleton<Health>().AddSingleton<ReadMe>().AddSingleton<ReadCountries>();
        services.AddSingleton(EnrollmentKind.Rows).AddSingleton<OwnEnrollment>().AddSingleton<EnrollmentChoices>().AddSingleton<EnrollmentViews>();
        services.AddSingleton<CreateEnrollment>().AddSingleton<ReadEnrollment>().AddSingleton<ContactEnrollment>().AddSingleton<VerifyEnrollment>();
        services.AddSingleton(ChallengeKind.Rows).AddSingleton<Decoys>().AddSingleton<ChallengeMethods>().AddSingleton<BrowserTokens>().AddSingleton<ChallengeViews>();
        services.AddSingleton<OpenChallenge>().AddSingleton<GivenCodes>().AddSingleton<CreateChallenge>().AddSingleton<ReadChallenge>();
        services.AddSingleton<ContactChallenge>().AddSingleton<VerifyChallenge>().AddSingleton<VerifyNow>().AddSingleton<SignInPages>().AddSingleton<SignInWindows>().AddSingleton<RedeemAnswer>().AddSingleton<ChangeSignIn>().AddSingleton<ReportChallenge>().AddSingleton<ReadActivity>();
        services.AddSingleton(settings.ExternalMfa).AddSingleton<ExternalMfaTokens>().AddSingleton<ExternalMfaDocuments>().AddSingleton<EntraHints>().AddSingleton<ExternalMfa>().AddSingleton<ExternalMfaAnswer>();
        services.AddSingleton(settings.OpenIdClients).AddSingleton<ClientProof>().AddSingleton<OpenIdCalls>().AddSingleton<OpenIdDocument>().AddSingleton<PushedRequests>().AddSingleton<Authorize>().AddSingleton<Authorizations>();
        services.AddSingleton<AccessTokens>().AddSingleton<IdTokenHints>().AddSingleton<PollPace>().AddSingleton<TokenAnswers>().AddSingleton<TokenEndpoint>().AddSingleton<BackchannelEndpoint>().AddSingleton<UserInfo>();
        services.AddSingleton(s => new EntraKeys(settings.ExternalMfa, new HttpClient { Timeout = TimeSpan.FromSeconds(10) }, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<AccountChange>().AddSingleton<DirectoryRows>().AddSingleton<HolderSweep>();
        services.AddSingleton<MeViews>().AddSingleton<ChangeMe>().AddSingleton<RemoveMethod>().AddSingleton<RememberedBrowsers>().AddSingleton<OwnRecoveryCodes>();
        services.AddSingleton<AppPasswordHashes>().AddSingleton<OwnAppPasswords>().AddSingleton<VerifyAppPassword>();
        services.AddSingleton<KnownUser>().AddSingleton<UserDetails>().AddSingleton<ReadUser>().AddSingleton<ChangeUser>().AddSingleton<UserActs>().AddSingleton<GiveBypass>().AddSingleton<VouchForMethod>();
        services.AddSingleton<CallCallback>().AddSingleton<TextCallback>();
        services.AddSingleton(new PublicNetwork(settings.Push.AllowLoopback)).AddSingleton<PushEndpoints>();
        services.AddSingleton<IPushCarrier>(s => settings.Push.Key is null ? new NoPush() : ActivatorUtilities.CreateInstance<WebPush>(s));
        services.AddAuthentication().AddJwtBearer("Bearer");
        services.AddOptions<JwtBearerOptions>("Bearer").Configure<TimeProvider>((o, time) => Configure(o, settings.Auth, time));
        ForgetDataProtection(services);
        return services;
    }

    // It comes with authentication, nothing here uses it, and at start it would make keys in the user's home folder.
    private static void ForgetDataProtection(IServiceCollection services)
    {
        foreach (var part in services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) == true).ToList())
        {
            services.Remove(part);
        }
    }

    private static void Configure(JwtBearerOptions options, AuthSettings auth, TimeProvider time)
    {
        options.Authority = auth.Authority;
        options.Audience = auth.Audience;
        options.RequireHttpsMetadata = auth.RequireHttps;
        options.MapInboundClaims = false;
        options.TokenValidationParameters.RoleClaimType = "roles";
        options.TokenValidationParameters.LifetimeValidator = TokenLifetime.By(time, TimeSpan.FromMinutes(1));
    }
}
