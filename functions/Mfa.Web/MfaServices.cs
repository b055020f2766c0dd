using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Mfa.Web;

/// <summary>Registers everything that both heads share. A head adds its <see cref="ICarrier"/> and its <see cref="IVerificationClock"/>.</summary>
public static class MfaServices
{
    /// <exception cref="SettingsException">With every fault of the settings.</exception>
    public static IServiceCollection AddMfa(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = MfaSettings.Read(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(settings);
        services.AddSingleton(settings.Keys);
        services.AddSingleton(new Tables(settings.Storage));
        services.AddSingleton<RowNames>().AddSingleton<SecretColumns>().AddSingleton<Assertions>();
        services.AddSingleton<AccountRows>().AddSingleton<EnrollmentRows>().AddSingleton<NumberRows>().AddSingleton<NumberReservation>();
        services.AddSingleton<Changes>().AddSingleton<RowLocks>().AddSingleton<EffectPerformer>().AddSingleton<VerificationAdvance>();
        services.AddSingleton<EndpointRunner>().AddSingleton<Health>().AddSingleton<ReadMe>().AddSingleton<ReadCountries>();
        services.AddSingleton<OwnEnrollment>().AddSingleton<EnrollmentCancel>().AddSingleton<EnrollmentViews>();
        services.AddSingleton<CreateEnrollment>().AddSingleton<ReadEnrollment>().AddSingleton<ContactEnrollment>().AddSingleton<VerifyEnrollment>();
        services.AddSingleton<CallCallback>().AddSingleton<TextCallback>().AddSingleton<TextProof>();
        services.AddSingleton(s => new CallProofToken(settings, new HttpClient { Timeout = TimeSpan.FromSeconds(10) }));
        services.AddAuthentication().AddJwtBearer("Bearer");
        services.AddOptions<JwtBearerOptions>("Bearer").Configure<TimeProvider>((o, time) => Configure(o, settings.Auth, time));
        return services;
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
