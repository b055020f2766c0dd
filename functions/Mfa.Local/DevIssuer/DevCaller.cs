using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Mfa.Web;

namespace Mfa.Local;

/// <summary>Whom a development token is for.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="User">The user's id in it; null for an application's own token.</param>
/// <param name="Client">The program that asks: the front end's client id, or the application's.</param>
/// <param name="Session">The session of the first step.</param>
/// <param name="Roles">App roles, such as <c>mfa.admin</c>.</param>
public sealed record DevCaller(string Tenant, string? User, string Client, string Session, IReadOnlyList<string> Roles)
{
    /// <summary>The tenant of the demo users.</summary>
    public const string DemoTenant = "contoso";

    private const string FrontEnd = "front-end";
    private const string RelyingParty = "mfa.verify";
    private const int AtMost = 64;
    private const int RolesAtMost = 10;

    /// <summary>The caller that a query asks for, or what is wrong with it.</summary>
    public static (DevCaller? Caller, Problem? Fault) Read(IQueryCollection query)
    {
        var errors = new Dictionary<string, string[]>();
        var (user, client) = (One("user"), One("client"));
        var tenant = One("tenant") ?? DemoTenant;
        var session = One("sid") ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        var roles = query["role"].OfType<string>().Where(role => role.Length > 0).Distinct().ToList();
        if ((user is null) == (client is null))
        {
            errors.TryAdd("user", ["is missing: user for a user's token, or client for an application's own; not both"]);
        }

        if (roles.Count > RolesAtMost || !roles.TrueForAll(IsPlain))
        {
            errors["role"] = [$"is not up to {RolesAtMost} names of up to {AtMost} letters, digits, dots, hyphens and underscores"];
        }

        return errors.Count > 0 ? (null, Problem.Fields(errors)) : (new(tenant, user, client ?? FrontEnd, session, roles), null);

        string? One(string name)
        {
            var values = query[name];
            if (values.Count == 0 || string.IsNullOrEmpty(values[0]))
            {
                return null;
            }

            if (values.Count > 1 || !IsPlain(values[0]!))
            {
                errors[name] = [$"is not one name of up to {AtMost} letters, digits, dots, hyphens and underscores"];
            }

            return values[0];
        }
    }

    /// <summary>The application that a form asks for (RFC 6749 section 4.4.2), with any secret; null where that is not what it asks for.</summary>
    public static DevCaller? ReadGrant(IFormCollection form)
    {
        string client = form["client_id"].ToString(), tenant = form["tenant"].ToString() is { Length: > 0 } named ? named : DemoTenant;
        var roles = form["role"].OfType<string>().Where(role => role.Length > 0).DefaultIfEmpty(RelyingParty).Distinct().ToList();
        return form["grant_type"] == "client_credentials" && client.Length > 0 && form["client_secret"].ToString().Length > 0
            && roles.Count <= RolesAtMost && roles.Append(client).Append(tenant).All(IsPlain)
            ? new(tenant, null, client, "", roles) : null;
    }

    /// <summary>Whether a text is a name: plain, and not empty.</summary>
    internal static bool IsName([NotNullWhen(true)] string? text) => text is { Length: > 0 } && IsPlain(text);

    internal static bool IsPlain(string text) => text.Length <= AtMost && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
