namespace Mfa.Web;

/// <summary>A request that can't be understood; carries its answer up to the wrapper round every endpoint.</summary>
public sealed class BadRequestException(Problem problem) : Exception("Bad request")
{
    public Problem Problem { get; } = problem;
}
