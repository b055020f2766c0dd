using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Mfa.Contract;

/// <summary>An admin of the demo tenant, or of another one, who is a program of theirs.</summary>
public static class Admin
{
    /// <summary>A caller with the token of an application.</summary>
    /// <param name="laptop">Where.</param>
    /// <param name="url">The head.</param>
    public static Task<Person> BeforeAsync(Laptop laptop, string url) => SignInAsync(laptop.Issuer ?? url, url, "contoso", "mfa.admin");

    /// <summary>The same before the laptop's own head.</summary>
    /// <param name="laptop">Whose head is called.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="role">The role.</param>
    public static Task<Person> SignInAsync(Laptop laptop, string tenant = "contoso", string role = "mfa.admin") => SignInAsync(laptop.Issuer ?? laptop.Url, laptop.Url, tenant, role);

    private static async Task<Person> SignInAsync(string issuer, string url, string tenant, string role)
    {
        using var http = new HttpClient();
        var answer = await http.GetFromJsonAsync<JsonNode>($"{issuer}/dev/token?client=hr&tenant={tenant}&role={role}");
        return new(url, Seen.Secret(answer!["access_token"]!.ToString()));
    }

    /// <summary>PUT or PATCH.</summary>
    public static Task<Reply> SendAsync(this Person admin, string method, string path, JsonObject body) =>
        admin.SendAsync(new HttpMethod(method), path, JsonContent.Create<JsonNode>(body));
}
