using System.Reflection;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Mfa.Web;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mfa.Functions.Tests;

/// <summary>The Azure head's functions are the shared list of routes. Read as syntax; what the build made of it is read by <see cref="MetadataTests"/>.</summary>
public sealed class ParityTests
{
    private static readonly IReadOnlyList<HttpFunction> s_functions = [.. Files.All("Root", "Endpoints*.cs.txt").SelectMany(Read)];

    [Fact]
    public void Every_route_is_a_function_of_the_same_name_methods_and_template() =>
        Assert.Equal(Routes.All.Select(r => Line(r.Name, r.Methods, r.Template)).Order(), s_functions.Select(f => Line(f.Name, f.Methods, f.Template)).Order());

    [Fact]
    public void Every_function_runs_the_route_of_its_name() => Assert.All(s_functions, f => Assert.Equal(f.Name, f.Runs));

    // The key would be one more secret, and the contract has callers of its own.
    [Fact]
    public void No_function_asks_for_a_key_of_the_host() => Assert.All(s_functions, f => Assert.Equal("Anonymous", f.Level));

    [Fact]
    public void Whatever_may_start_or_tell_a_clock_is_bound_to_its_client()
    {
        string[] without =
        [
            "ActivateDevice", "AnswerExternalMfa", "AskActivateDevice", "AskDevices", "ChangeSignIn", "GetActivity", "GetAppPasswords", "GetAuthenticator", "GetBrowsers", "GetCountries", "GetDevices", "GetExternalMfa", "GetExternalMfaAnswer", "GetExternalMfaKeys", "GetFirstStepPage", "GetHealth", "GetKeys", "GetMe", "GetOpenId", "GetPageFile", "GetRecoveryCodes", "GetRequests", "GetSetUpPage", "GetSettingsPage", "GetSignInPage", "GetUser", "PushRequest", "PutPush", "RedeemAnswer", "UserInfo", "ZzNothing",
        ];
        Assert.Equal(without, s_functions.Where(f => !f.HasClient).Select(f => f.Name).Order(StringComparer.Ordinal));
    }

    // What only a laptop has, its issuer that believes everybody above all, is neither built into the head nor reached by it.
    [Fact]
    public void Nothing_of_a_laptop_is_there()
    {
        var functions = typeof(ParityTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(m => m.Key == "Functions").Value!;
        var built = Projects(Path.Combine(functions, "Mfa.Functions", "Mfa.Functions.csproj")).Select(p => Path.GetFileNameWithoutExtension(p)).ToHashSet();
        Assert.Contains("Mfa.Web", built);
        Assert.Empty(built.Intersect(["Mfa.Local", "Mfa.VirtualPhone"]));
        var deployed = JsonNode.Parse(File.ReadAllText(Path.ChangeExtension(typeof(Head).Assembly.Location, ".deps.json")))!["libraries"]!.AsObject();
        Assert.Contains(deployed, l => l.Key.StartsWith("Mfa.Web/", StringComparison.Ordinal));
        Assert.DoesNotContain(deployed, l => l.Key.StartsWith("Mfa.Local/", StringComparison.Ordinal) || l.Key.StartsWith("Mfa.VirtualPhone/", StringComparison.Ordinal));
        Assert.DoesNotContain(Routes.All, r => r.Template.Trim('/').Split('/')[0].Equals("dev", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(typeof(Head).Assembly.GetTypes().Concat(typeof(Routes).Assembly.GetTypes()).Concat(typeof(Mfa.Pages.UserPages).Assembly.GetTypes()), t => t.Namespace?.StartsWith("Mfa.Local", StringComparison.Ordinal) ?? false);

        static IEnumerable<string> Projects(string file) =>
            XDocument.Load(file).Descendants("ProjectReference").Select(r => Path.GetFullPath(r.Attribute("Include")!.Value.Replace('\\', '/'), Path.GetDirectoryName(file)!)).SelectMany(Projects).Append(file);
    }

    // The host matches functions by name, in alphabetical order, and not by how specific a route is.
    [Fact]
    public void Where_templates_overlap_the_more_specific_one_comes_first_by_name()
    {
        foreach (var (wide, narrow) in from a in Routes.All from b in Routes.All where a != b && a.Methods.Intersect(b.Methods).Any() && Takes(a.Template, b.Template) select (a, b))
        {
            Assert.True(string.CompareOrdinal(narrow.Name, wide.Name) < 0, $"{wide.Name} takes what is {narrow.Name}'s");
        }
    }

    // The host keeps these to itself, and its refusal is hidden by the catch-all.
    [Fact]
    public void No_route_begins_as_the_hosts_own() =>
        Assert.All(Routes.All, r => Assert.DoesNotContain(r.Template.Split('/')[0], new[] { "admin", "runtime" }));

    private static bool Takes(string wide, string narrow) =>
        new TemplateMatcher(TemplateParser.Parse(wide), []).TryMatch("/" + narrow.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal).Replace("*", "", StringComparison.Ordinal), []);

    private static string Line(string name, IEnumerable<string> methods, string template) =>
        $"{name} {string.Join(',', methods.Select(m => m.ToUpperInvariant()).Order())} {template}";

    private static List<HttpFunction> Read(string code) =>
    [
        .. from method in CSharpSyntaxTree.ParseText(code).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>()
           let function = Attribute(method.AttributeLists, "Function")
           let trigger = method.ParameterList.Parameters.Select(p => Attribute(p.AttributeLists, "HttpTrigger")).FirstOrDefault(t => t is not null)
           where function is not null && trigger is not null
           let arguments = trigger.ArgumentList!.Arguments
           select new HttpFunction(
               NameOf(function.ArgumentList!.Arguments[0].Expression),
               [.. arguments.Skip(1).Where(a => a.NameEquals is null).Select(a => Text(a.Expression))],
               Text(arguments.Single(a => a.NameEquals?.Name.Identifier.Text == "Route").Expression),
               ((MemberAccessExpressionSyntax)arguments[0].Expression).Name.Identifier.Text,
               NameOf(method.ExpressionBody!.DescendantNodes().OfType<InvocationExpressionSyntax>().First().ArgumentList.Arguments[0].Expression),
               method.ParameterList.Parameters.Any(p => Attribute(p.AttributeLists, "DurableClient") is not null)),
    ];

    private static AttributeSyntax? Attribute(IEnumerable<AttributeListSyntax> lists, string name) =>
        lists.SelectMany(l => l.Attributes).FirstOrDefault(a => a.Name.ToString() == name);

    private static string Text(ExpressionSyntax literal) => ((LiteralExpressionSyntax)literal).Token.ValueText;

    private static string NameOf(ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "nameof" } } name ? name.ArgumentList.Arguments[0].ToString() : Text(expression);

    private sealed record HttpFunction(string Name, IReadOnlyList<string> Methods, string Template, string Level, string Runs, bool HasClient);
}
