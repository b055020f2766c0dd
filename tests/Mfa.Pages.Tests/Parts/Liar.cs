using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Mfa.Pages.Tests;

/// <summary>Between a browser and its service: whatever is shown of an answer says something else.</summary>
/// <param name="lie">What it says.</param>
internal sealed class Liar(string lie)
{
    private static readonly HashSet<string> s_shown =
    [
        "account", "phone", "officePhone", "name", "platform", "says", "application", "place", "ip", "label", "sentTo", "title", "detail", "number", "value", "company", "message",
        "secretKey", "qrContent", "url", "issuer", "accountName", "example", "callingCode", "password", "returnTo", "error_description", "end_session_endpoint",
    ];

    private const string Picture = """<svg xmlns="http://www.w3.org/2000/svg" onload="top.__ran=1"><script>top.__ran=1</script></svg>""";

    /// <summary>What is answered without the service being asked: by method and path, <c>POST /me/recovery-codes</c>.</summary>
    public Dictionary<string, (int Status, JsonNode Body)> Instead { get; } = [];

    /// <summary>Stands between.</summary>
    public async Task Between(IBrowserContext context)
    {
        await context.RouteAsync("**/api/v1/**", AnswerAsync);
        await context.RouteAsync("**/.well-known/openid-configuration", AnswerAsync);
    }

    private async Task AnswerAsync(IRoute route)
    {
        var asked = $"{route.Request.Method} {new Uri(route.Request.Url).AbsolutePath.Replace("/api/v1", "", StringComparison.Ordinal)}";
        try
        {
            if (Instead.TryGetValue(asked, out var instead))
            {
                await route.FulfillAsync(new() { Status = instead.Status, ContentType = "application/json", Body = instead.Body.ToJsonString() });
                return;
            }

            var answer = await route.FetchAsync();
            var text = await answer.TextAsync();
            var json = text.Length > 0 ? JsonNode.Parse(text) : null;
            Lie(json);
            await route.FulfillAsync(new() { Response = answer, Body = json?.ToJsonString() ?? "" });
        }
        catch (PlaywrightException)
        {
            // The page was left meanwhile.
        }
    }

    private void Lie(JsonNode? node)
    {
        if (node is JsonArray list)
        {
            list.ToList().ForEach(Lie);
        }

        if (node is not JsonObject of)
        {
            return;
        }

        foreach (var (name, value) in of.ToList())
        {
            // The issuer's own name is compared, not shown.
            var isIssuer = name == "issuer" && of.ContainsKey("authorization_endpoint");
            if (value is JsonValue text && text.TryGetValue<string>(out _) && !isIssuer && (s_shown.Contains(name) || name == "qrSvg"))
            {
                of[name] = name == "qrSvg" ? Picture : lie;
            }
            else
            {
                Lie(value);
            }
        }
    }
}
