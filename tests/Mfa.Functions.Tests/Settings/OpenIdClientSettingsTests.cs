using Mfa.Web;
using Microsoft.Extensions.Configuration;

namespace Mfa.Functions.Tests;

/// <summary>The settings of programs that sign their users in by OpenID Connect: all faults of all of them at once, and no secret in one.</summary>
public sealed class OpenIdClientSettingsTests
{
    private const string Secret = "a-secret-that-is-long-enough-for-us";
    private const string Back = "https://program.example/back?x=1";
    private const string PublicKey = """{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""";

    [Fact]
    public void A_program_is_known_by_its_id_and_its_usual_ways_are_the_strict_ones()
    {
        var clients = Read(("Secret", $"{Secret}, {Secret}2"), ("Id", "7f0c1e5a-4b62"), ("RedirectUris:1", "http://localhost:5002/signin"));
        Assert.Null(clients.Find("program"));
        Assert.Null(clients.Find(null));
        var client = clients.Find("7f0c1e5a-4b62")!;
        Assert.Equal(("contoso", "7f0c1e5a-4b62", 2), (client.Tenant, client.Name, client.Secrets.Count));
        Assert.Equal([Back, "http://localhost:5002/signin"], client.RedirectUris.Order(StringComparer.Ordinal).Reverse());
        Assert.Equal((false, false, false, false), (client.TakesFirstStep, client.UsesApi, client.UsesBackchannel, client.IsBlind));
        Assert.Equal("7f0c1e5a-4b62", client.ToString());
    }

    [Fact]
    public void A_program_with_keys_has_no_secret_and_one_without_a_browser_no_address()
    {
        var client = Read(("Secret", null), ("Jwks", $$"""{"keys":[{{PublicKey}}]}"""), ("RedirectUris:0", null), ("Ciba", "true"), ("FirstStep", "own")).Find("program")!;
        Assert.Equal((0, 1, 0, true, true), (client.Secrets.Count, client.Keys.Count, client.RedirectUris.Count, client.UsesBackchannel, client.TakesFirstStep));
    }

    [Fact]
    public void Who_only_returns_from_the_sign_in_page_is_none() => Assert.Null(Read(("Secret", null), ("RedirectUris:0", null), ("ReturnTo:0", Back)).Find("program"));

    [Theory]
    [InlineData("Tenant", null, "Clients__program__Tenant")]
    [InlineData("Secret", null, "Clients__program__Secret")]
    [InlineData("Secret", "too-short", "Clients__program__Secret")]
    [InlineData("Secret", Secret + ",too-short", "Clients__program__Secret")]
    [InlineData("Jwks", """{"keys":[""" + PublicKey + "]}", "Clients__program__Secret")]
    [InlineData("Jwks", "x", "Clients__program__Jwks")]
    [InlineData("Jwks", "{}", "Clients__program__Jwks")]
    [InlineData("Jwks", """{"keys":[]}""", "Clients__program__Jwks")]
    [InlineData("Jwks", """{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}""", "Clients__program__Jwks")]
    [InlineData("FirstStep", "nobody", "Clients__program__FirstStep")]
    [InlineData("Api", "perhaps", "Clients__program__Api")]
    [InlineData("RedirectUris:0", "http://program.example/back", "Clients__program__RedirectUris__0")]
    [InlineData("RedirectUris:0", "/back", "Clients__program__RedirectUris__0")]
    [InlineData("RedirectUris:0", "myapp://back", "Clients__program__RedirectUris__0")]
    [InlineData("RedirectUris:0", "https://program.example/back#x", "Clients__program__RedirectUris__0")]
    [InlineData("RedirectUris:0", "https://user@program.example/back", "Clients__program__RedirectUris__0")]
    [InlineData("RedirectUris:0", "https://program.example/back?code=x", "Clients__program__RedirectUris__0")]
    [InlineData("RedirectUris:0", "https://program.example/back?iss=x", "Clients__program__RedirectUris__0")]
    [InlineData("RedirectUris:0", "https://program.example/back?state=x", "Clients__program__RedirectUris__0")]
    public void What_is_wrong_is_named_and_no_secret_is_told(string name, string? value, string setting)
    {
        var faults = Assert.Throws<SettingsException>(() => Read((name, value))).Faults;
        Assert.Contains(faults, f => f.StartsWith(setting + " ", StringComparison.Ordinal));
        Assert.DoesNotContain(faults, f => f.Contains(Secret, StringComparison.Ordinal) || f.Contains("too-short", StringComparison.Ordinal));
    }

    [Fact]
    public void A_private_key_is_no_key_of_a_program()
    {
        var given = PublicKey.Replace("\"kty\"", "\"d\":\"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI\",\"kty\"", StringComparison.Ordinal);
        Assert.Contains(Assert.Throws<SettingsException>(() => Read(("Secret", null), ("Jwks", $$"""{"keys":[{{given}}]}"""))).Faults, f => f.StartsWith("Clients__program__Jwks", StringComparison.Ordinal));
    }

    [Fact]
    public void The_issuer_is_where_its_document_is()
    {
        var fault = Assert.Single(Assert.Throws<SettingsException>(() => Read(("..:Service:Issuer", "https://other.example"))).Faults);
        Assert.StartsWith("Service__Issuer", fault, StringComparison.Ordinal);
        // Without programs it may be called anything.
        Assert.Null(Read(("..:Service:Issuer", "https://other.example"), ("RedirectUris:0", null), ("Secret", null)).Find("program"));
    }

    // Good ones, but for these; of another part where the name begins with "..:".
    private static OpenIdClients Read(params (string Name, string? Value)[] other)
    {
        var settings = new Dictionary<string, string?>(GoodSettings.All()) { ["Clients:program:Tenant"] = "contoso", ["Clients:program:Secret"] = Secret, ["Clients:program:RedirectUris:0"] = Back };
        foreach (var (name, value) in other)
        {
            settings[name.StartsWith("..:", StringComparison.Ordinal) ? name[3..] : "Clients:program:" + name] = value;
        }

        return HeadSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Where(s => s.Value is not null)).Build(), hasAcs: true).Settings.OpenIdClients;
    }
}
