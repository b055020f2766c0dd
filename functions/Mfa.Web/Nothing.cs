using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;

namespace Mfa.Web;

/// <summary>What no route takes: 405 where the path is right and the method isn't, else 404.</summary>
public static class Nothing
{
    private static readonly IReadOnlyList<(TemplateMatcher Path, IReadOnlyList<string> Methods)> s_routes =
        [.. Routes.All.Where(r => !r.Template.StartsWith("{*", StringComparison.Ordinal)).Select(r => (new TemplateMatcher(TemplateParser.Parse(r.Template), []), r.Methods))];

    public static Problem Here(HttpRequest request)
    {
        var allowed = s_routes.Where(r => r.Path.TryMatch(request.Path, [])).SelectMany(r => r.Methods).Distinct().ToList();
        return allowed.Count == 0
            ? Problem.NotFound()
            : Problem.Of(StatusCodes.Status405MethodNotAllowed, "method-not-allowed", ("methods", string.Join(", ", allowed))) with { Headers = [("Allow", string.Join(", ", allowed))] };
    }
}
