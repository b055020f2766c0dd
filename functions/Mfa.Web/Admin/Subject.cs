namespace Mfa.Web;

/// <summary>The user whom an admin's request is about: of the path, in the admin's own tenant.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="User">The user's id in it.</param>
/// <param name="Admin">The admin's own id: the user's, or the application's.</param>
public readonly record struct Subject(string Tenant, string User, string? Admin = null)
{
    // As long as the first step's tokens may name one.
    private const int AtMost = 256;

    /// <exception cref="BadRequestException">404: nobody can be called so.</exception>
    public static Subject Of(Call call)
    {
        var user = call.Value("user");
        var tenant = call.Caller.User?.Tenant ?? call.Caller.Application?.Tenant ?? throw new InvalidOperationException("This route has no admin.");
        return !string.IsNullOrWhiteSpace(user) && user.Length <= AtMost && !user.Any(char.IsControl) ? new(tenant, user, call.Caller.User?.User ?? call.Caller.Application?.Client) : throw new BadRequestException(Problem.NotFound());
    }
}
