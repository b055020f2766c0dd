using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Mfa.Peers;

/// <summary>docs/samples/import-from-entra: users and their numbers, out of what Microsoft Graph says, to a first sign-in without a form.</summary>
public sealed class EntraImport(Storage storage) : LaptopTest(storage)
{
    private const string GraphToken = "token-of-graph";

    [Fact]
    public async Task What_Graph_says_is_moved_once_and_each_user_signs_in_by_the_number_they_had()
    {
        using var admin = await Admin.SignInAsync(Laptop);
        using var shop = await Laptop.RelyingPartyAsync();
        var (anna, ben, cleo) = (Laptop.NewPhone(), Laptop.NewPhone(), Laptop.NewPhone());
        string[] ids = [.. Enumerable.Range(0, 4).Select(_ => Guid.NewGuid().ToString())];
        await using var graph = await GraphAsync(
            Entry(ids[0], "Anna", null, ("mobile", Spaced(anna.Number))),
            Entry(ids[1], "Ben", null, ("alternateMobile", Spaced(cleo.Number)), ("mobile", Spaced(ben.Number))),
            Entry(ids[2], "Cleo", "+1 900 555 0100", ("mobile", "+31 201234567")),
            Entry(ids[3], "Dirk", "+1 425 555 0143", ("office", "+1 425 555 0143")));

        var exported = await RunAsync("export", null, ("GRAPH_URL", graph.Urls.First()), ("GRAPH_TOKEN", GraphToken));
        Assert.Equal(ids, exported.Select(u => u["id"]!.ToString()));

        var reports = await ImportAsync(exported, admin);
        Assert.Equal(["details", "mobile by text"], Done(reports[0]));
        Assert.Equal(["details without office phone", "mobile by call"], Done(reports[2]));
        Assert.Equal(["details", "mobile by text"], reports[2]["refused"]!.AsObject().Select(r => r.Key));
        Assert.Equal(["details", "office"], Done(reports[3]));
        Assert.Equal(reports.Select(r => r.ToJsonString()), (await ImportAsync(exported, admin)).Select(r => r.ToJsonString()));
        Assert.Empty((await anna.TextsAsync()).Concat(await ben.TextsAsync()));

        foreach (var (id, phone) in new[] { (ids[0], anna), (ids[1], ben) })
        {
            var opened = await shop.ChallengeAsync(id);
            Assert.Equal((201, "text"), (opened.Status, opened["how"]));
            await shop.VerifyAsync(opened["id"], await phone.CodeAsync());
            await shop.WaitForStateAsync(opened["id"], "verified");
        }

        Assert.Equal("call", (await shop.ChallengeAsync(ids[3]))["how"]);
        Assert.Empty(await cleo.TextsAsync());
    }

    [Fact]
    public async Task A_token_that_is_no_good_ends_it_at_once()
    {
        var (code, _, says) = await StartAsync("import", "{\"id\":\"x\"}\n", ("MFA_URL", Laptop.Url), ("MFA_TOKEN", Laptop.Url));
        Assert.Equal(1, code);
        Assert.Contains("401", says, StringComparison.Ordinal);
        Assert.Equal((2, "import-from-entra: MFA_URL and MFA_TOKEN is missing. The head of this file says how it is used."), await StartAsync("import", "") is var (missing, _, why) ? (missing, why.Trim()) : default);
    }

    private async Task<IReadOnlyList<JsonNode>> ImportAsync(IEnumerable<JsonNode> users, Person admin) =>
        await RunAsync("import", string.Join('\n', users.Select(u => u.ToJsonString())), ("MFA_URL", Laptop.Url), ("MFA_TOKEN", admin.Token));

    private static IEnumerable<string> Done(JsonNode report) => report["done"]!.AsArray().Select(d => d!.ToString());

    private static JsonObject Entry(string id, string name, string? office, params (string Type, string Number)[] phones) => new()
    {
        ["user"] = new JsonObject { ["id"] = id, ["userPrincipalName"] = $"{name}.{id[..8]}@contoso.example", ["displayName"] = name, ["mail"] = null, ["preferredLanguage"] = "nl-NL", ["businessPhones"] = office is null ? new JsonArray() : new JsonArray(office) },
        ["phones"] = new JsonArray([.. phones.Select(p => new JsonObject { ["id"] = "3179e48a", ["phoneType"] = p.Type, ["phoneNumber"] = p.Number, ["smsSignInState"] = "notAllowedByPolicy" })]),
    };

    // As Entra writes them.
    private static string Spaced(string number) => number[..3] + " " + number[3..];

    // Microsoft Graph can't be had here: what its documents say of these two requests, two users a page.
    private static async Task<WebApplication> GraphAsync(params JsonObject[] users)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/users", (HttpRequest request) =>
        {
            var skip = int.TryParse(request.Query["$skiptoken"], out var s) ? s : 0;
            var page = new JsonObject { ["value"] = new JsonArray([.. users.Skip(skip).Take(2).Select(u => u["user"]!.DeepClone())]) };
            if (skip + 2 < users.Length)
            {
                page["@odata.nextLink"] = $"{request.Scheme}://{request.Host}/users?$skiptoken={skip + 2}";
            }

            return request.Headers.Authorization == $"Bearer {GraphToken}" ? Results.Json(page) : Results.Unauthorized();
        });
        app.MapGet("/users/{id}/authentication/phoneMethods", (string id) => Results.Json(new JsonObject { ["value"] = users.Single(u => u["user"]!["id"]!.ToString() == id)["phones"]!.DeepClone() }));
        await app.StartAsync();
        return app;
    }

    private static async Task<IReadOnlyList<JsonNode>> RunAsync(string command, string? input, params (string, string)[] settings)
    {
        var (code, output, says) = await StartAsync(command, input ?? "", settings);
        Assert.True(code == 0, says);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonNode.Parse(l)!)];
    }

    private static async Task<(int Code, string Output, string Says)> StartAsync(string command, string input, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Folder, "docs/samples/import-from-entra/import-from-entra.mjs"), command]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var program = Process.Start(start)!;
        var (output, says) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.StandardInput.WriteAsync(input);
        program.StandardInput.Close();
        await program.WaitForExitAsync();
        return (program.ExitCode, await output, await says);
    }
}
