using System.Text;
using System.Text.Json.Nodes;
using System.Web;

namespace Mfa.Contract;

/// <summary>The sign-in page in a window of its own, as far as HTTP can tell.</summary>
/// <param name="url">The head.</param>
/// <param name="id">The challenge in the link.</param>
/// <param name="ticket">The ticket behind its #.</param>
/// <param name="window">What it drew for its window; null where it draws nothing.</param>
public sealed class SignInVisit(string url, string id, string ticket, string? window) : Caller(url, window is null ? ticket : $"{ticket}.{window}", "sign-ins")
{
    /// <summary>Where the shop's users go back to.</summary>
    public const string ReturnTo = "https://shop.example/back";

    /// <summary>Another of its addresses, with a query of its own.</summary>
    public const string ReturnToInDutch = "https://shop.example/terug?taal=nl&van=mfa";

    /// <summary>The settings of the shop's addresses.</summary>
    public static Dictionary<string, string?> Settings => new() { ["Clients:shop:ReturnTo:0"] = ReturnTo, ["Clients:shop:ReturnTo:1"] = ReturnToInDutch, ["Clients:bank:ReturnTo:0"] = "https://bank.example/back" };

    public string Id => id;

    public string Ticket => ticket;

    protected override string Scheme => "MfaSignIn";

    /// <summary>The page that a challenge's link leads to.</summary>
    /// <param name="url">The head.</param>
    /// <param name="opened">The challenge.</param>
    public static SignInVisit Of(string url, Reply opened) => Of(url, opened["signInUrl"], NewWindow());

    /// <param name="url">The head.</param>
    /// <param name="link">The link.</param>
    /// <param name="window">The window.</param>
    public static SignInVisit Of(string url, string link, string? window) => new(url, new Uri(link).Segments[^1], new Uri(link).Fragment[1..], window);

    public static string NewWindow() => Guid.NewGuid().ToString("N");

    public Task<Reply> SeeAsync() => SeeAsync(id);

    public Task<Reply> WaitForStateAsync(string state) => WaitForStateAsync(id, state);

    /// <summary>Says whether the browser is to be remembered.</summary>
    public Task<Reply> TickAsync(bool yes) => PatchAsync(new JsonObject { ["rememberBrowser"] = yes });

    public Task<Reply> PatchAsync(JsonNode body) => SendAsync(HttpMethod.Patch, $"sign-ins/{id}", new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"));

    /// <summary>What a user brings back, by name.</summary>
    public static Dictionary<string, string> Back(Reply over)
    {
        var query = HttpUtility.ParseQueryString(new Uri(over["returnTo"]).Query);
        return query.AllKeys.ToDictionary(k => k!, k => query[k]!);
    }

    /// <summary>The answer that a user brings back from a page that is over.</summary>
    public async Task<string> AnswerAsync() => Back(await SeeAsync(id))["answer"];
}
