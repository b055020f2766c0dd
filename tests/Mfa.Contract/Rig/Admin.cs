using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Mfa.Contract;

/// <summary>An admin of the demo tenant, or of another one, who is a program of theirs.</summary>
public static class Admin
{
    /// <summary>A caller with the token of an application.</summary>
    /// <param name="laptop">Whose head is called.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="role">The role.</param>
    public static async Task<Person> SignInAsync(Laptop laptop, string tenant = "contoso", string role = "mfa.admin")
    {
        using var http = new HttpClient();
        var answer = await http.GetFromJsonAsync<JsonNode>($"{laptop.Issuer ?? laptop.Url}/dev/token?client=hr&tenant={tenant}&role={role}");
        return new(laptop.Url, Seen.Secret(answer!["access_token"]!.ToString()));
    }

    /// <summary>PUT or PATCH.</summary>
    public static Task<Reply> SendAsync(this Person admin, string method, string path, JsonObject body) =>
        admin.SendAsync(new HttpMethod(method), path, JsonContent.Create<JsonNode>(body));
}
