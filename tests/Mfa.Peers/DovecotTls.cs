using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Mfa.Peers;

/// <summary>Dovecot asks a backend by HTTPS only where it knows the certificate's issuer, and the name is right.</summary>
public sealed class DovecotTls(Storage storage) : DovecotTest(storage)
{
    private readonly string _authority = Path.GetTempFileName();
    private WebApplication? _front;
    private int _port;

    // The name is looked up as that of a real backend is.
    protected override string Backend => $"https://localhost:{_port}";

    public override async ValueTask InitializeAsync()
    {
        _port = FreePorts.Take(1);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (_front?.DisposeAsync() ?? ValueTask.CompletedTask);
        File.Delete(_authority);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Nothing_is_told_to_a_backend_whose_certificate_is_unknown_or_another_ones()
    {
        using var authority = NewAuthority();
        await FrontAsync(authority, "localhost");
        await AssertAsync(MailProgram.Later);
        Assert.Equal((0, 0), (Asked(Token), Asked(Verify)));

        await using (var trusting = await DovecotServer.StartAsync(Backend, Laptop.Network, Trusting))
        {
            Assert.StartsWith("OK", await trusting.LogInAsync(UserName, Password), StringComparison.Ordinal);
            Assert.Equal((1, 1), (Asked(Token), Asked(Verify)));
        }

        await FrontAsync(authority, "mfa.contoso.example");
        await using var wary = await DovecotServer.StartAsync(Backend, Laptop.Network, Trusting);
        Assert.StartsWith(MailProgram.Later, await wary.LogInAsync(UserName, Password), StringComparison.Ordinal);
        Assert.Equal((1, 1), (Asked(Token), Asked(Verify)));
    }

    private string Trusting => $"ssl_client_ca_file = {_authority}\n";

    private X509Certificate2 NewAuthority()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Test authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, critical: true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        File.WriteAllText(_authority, made.ExportCertificatePem());
        Daemon.Give(_authority);
        return made;
    }

    // What stands before a backend, and has its certificate.
    private async Task FrontAsync(X509Certificate2 authority, string name)
    {
        await (_front?.DisposeAsync() ?? ValueTask.CompletedTask);
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        using var withKey = signed.CopyWithPrivateKey(key);
        var certificate = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, _port, l => l.UseHttps(certificate)));
        builder.Logging.SetMinimumLevel(LogLevel.None);
        _front = builder.Build();
        _front.Run(async http =>
        {
            using var client = new HttpClient();
            using var forwarded = new HttpRequestMessage(HttpMethod.Post, Wire.Url + http.Request.Path) { Content = new StreamContent(http.Request.Body) };
            forwarded.Content.Headers.TryAddWithoutValidation("Content-Type", http.Request.ContentType);
            forwarded.Headers.TryAddWithoutValidation("Authorization", http.Request.Headers.Authorization.ToString());
            using var answer = await client.SendAsync(forwarded);
            http.Response.StatusCode = (int)answer.StatusCode;
            await answer.Content.CopyToAsync(http.Response.Body);
        });
        await _front.StartAsync();
    }
}
