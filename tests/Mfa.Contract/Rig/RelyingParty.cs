using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Mfa.Contract;

/// <summary>A program that asks for the second step, with a token of its own.</summary>
public sealed class RelyingParty(string url, string token, HttpMessageHandler? connections = null) : Caller(url, token, "challenges", connections)
{
    /// <summary>Gets a token at the development issuer.</summary>
    /// <param name="url">The head.</param>
    /// <param name="client">Its client id.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="connections">A pool to share.</param>
    /// <param name="roles">Its app roles; the one that challenges take where there are none.</param>
    public static async Task<RelyingParty> SignInAsync(
        string url, string client = "shop", string tenant = "contoso", HttpMessageHandler? connections = null, params string[] roles)
    {
        using var http = new HttpClient(connections ?? new SocketsHttpHandler(), disposeHandler: connections is null) { BaseAddress = new Uri(url) };
        var query = string.Concat((roles.Length == 0 ? ["mfa.verify"] : roles).Select(r => $"&role={r}"));
        var answer = await http.GetFromJsonAsync<JsonNode>($"/dev/token?client={client}&tenant={tenant}{query}");
        return new(url, Seen.Secret(answer!["access_token"]!.ToString()), connections);
    }

    public override RelyingParty At(string otherUrl) => new(otherUrl, Token, Connections);

    /// <summary>Asks for a second step of a user.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="more">What else it says.</param>
    /// <param name="headers">More headers.</param>
    public Task<Reply> ChallengeAsync(string user, JsonObject? more = null, params (string, string)[] headers)
    {
        var body = (JsonObject?)more?.DeepClone() ?? [];
        body["user"] = user;
        return PostAsync("challenges", body, headers);
    }

    /// <summary>Asks for a second step on the sign-in page.</summary>
    /// <param name="user">Whose.</param>
    /// <param name="more">What else it says.</param>
    /// <param name="page">What it says of the page.</param>
    /// <param name="headers">More headers.</param>
    public Task<Reply> OnPageAsync(string user, JsonObject? more = null, JsonObject? page = null, params (string, string)[] headers)
    {
        var body = (JsonObject?)more?.DeepClone() ?? [];
        body["page"] = page?.DeepClone() ?? new JsonObject { ["returnTo"] = SignInVisit.ReturnTo };
        return ChallengeAsync(user, body, headers);
    }

    /// <summary>Redeems what a user brought back from the page.</summary>
    public Task<Reply> RedeemAsync(string id, string answer, params (string, string)[] headers) =>
        PostAsync($"challenges/{id}/answer", new JsonObject { ["answer"] = answer }, headers);

    /// <summary>Asks whether a code of a user is right, in one call.</summary>
    public Task<Reply> VerifyNowAsync(string user, string code, params (string, string)[] headers) =>
        PostAsync("verify", new JsonObject { ["user"] = user, ["code"] = code }, headers);
}
