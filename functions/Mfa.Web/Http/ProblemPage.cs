using Mfa.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Web;

/// <summary>A refusal as a page: for a browser that came with a person, who has nowhere to go on to.</summary>
/// <param name="problem">The refusal.</param>
public sealed class ProblemPage(Problem problem) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var language = Cultures.LanguageOf(httpContext);
        problem.SetHeaders(httpContext.Response);
        // For whoever has to mend it, as the fields of a refusal are.
        var faults = problem.Errors?.SelectMany(e => e.Value.Select(says => $"{e.Key} {says}")) ?? [];
        return httpContext.RequestServices.GetRequiredService<UserPages>()
            .Notice(language, language.Text("pages", "title-fault"), problem.Detail(language), faults, httpContext.Request)
            .ExecuteAsync(httpContext);
    }
}
