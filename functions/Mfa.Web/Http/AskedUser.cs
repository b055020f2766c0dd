namespace Mfa.Web;

/// <summary>Whom a relying party asks about.</summary>
/// <param name="Id">The user's id; null where the user is asked for by name.</param>
/// <param name="Name">The name that the user signs in with, in the place of the id.</param>
public sealed record AskedUser(string? Id, string? Name)
{
    private const int AtMost = 256;

    /// <summary>Reads <c>user</c> or <c>userName</c>, noting what is wrong.</summary>
    public static AskedUser Read(Fields fields)
    {
        if (!fields.Holds("userName"))
        {
            return Of(fields, fields.RequiredText("user", AtMost));
        }

        if (fields.Holds("user"))
        {
            fields.Fault("userName", "stands beside user: one of the two says who it is");
        }

        return new(null, fields.RequiredText("userName", AtMost));
    }

    /// <summary>A user by id, noting what is wrong with it.</summary>
    public static AskedUser Of(Fields fields, string? id)
    {
        if (id != id?.Trim())
        {
            fields.Fault("user", "begins or ends with a blank");
        }

        return new(id, null);
    }

    /// <summary>Notes a <c>tenant</c> that is not the caller's.</summary>
    public static void CheckTenant(Fields fields, string tenant)
    {
        var named = fields.Text("tenant", AtMost);
        if (named is not null && named != tenant)
        {
            fields.Fault("tenant", "is not the tenant of the token");
        }
    }
}
