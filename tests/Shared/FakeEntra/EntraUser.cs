using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Mfa.Tests;

/// <summary>A user of a directory.</summary>
/// <param name="Tenant">The directory's id.</param>
/// <param name="Oid">The user's id in it.</param>
internal sealed record EntraUser(string Tenant, string Oid)
{
    /// <summary>The directory that the external method is allowed for.</summary>
    public const string Contoso = "aaaabbbb-0000-cccc-1111-dddd2222eeee";

    /// <summary>Another one, which it is allowed for too.</summary>
    public const string Fabrikam = "bbbbcccc-1111-dddd-2222-eeee3333ffff";

    /// <summary>Somebody new of Contoso.</summary>
    public static EntraUser New(string tenant = Contoso) => new(tenant, Guid.NewGuid().ToString());

    public string Name => $"user-{Oid[..8]}@contoso.onmicrosoft.com";

    /// <summary>Who the user is to one application: pairwise.</summary>
    public string Sub => Base64UrlEncoder.Encode(SHA256.HashData(Encoding.UTF8.GetBytes($"{Tenant} {Oid} {FakeEntra.AppId}")));
}
