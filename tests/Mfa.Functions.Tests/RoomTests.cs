using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Mfa.Functions.Tests;

/// <summary>The rooms of Core and Web look down only, in the order of functions/rooms.txt.</summary>
public sealed class RoomTests
{
    private const string Implicit = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;";

    private static readonly string s_functions = typeof(RoomTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(m => m.Key == "Functions").Value!;

    [Theory]
    [InlineData("Mfa.Core")]
    [InlineData("Mfa.Web")]
    public void No_room_uses_one_on_its_own_floor_or_above(string project) =>
        Assert.Empty(Arrows(Read(project)).Where(a => !a.IsDown).Select(a => a.ToString()).Distinct().Order());

    [Theory]
    [InlineData("Mfa.Core")]
    [InlineData("Mfa.Web")]
    public void Every_folder_is_a_room_of_the_order_and_the_other_way_round(string project) =>
        Assert.Equal(Floors(project).Keys.Order(), Sources(project).Select(file => Room(file)).Distinct().Order());

    // A test of the test: were nothing resolved, nothing would run up.
    [Fact]
    public void An_arrow_that_runs_up_is_seen_whatever_it_looks_like()
    {
        var trees = new[]
        {
            Parse("Settings/Low.cs", "namespace X; class Low { object A = Make(); static High? Make() => new(); string B => nameof(Side); }"),
            Parse("Verification/High.cs", "namespace X; class High { Low Down = new(); }"),
            Parse("Settings/Side.cs", "namespace X; class Side;"),
        };
        var up = Arrows(("Mfa.Web", Compile("Mfa.Web", trees))).Where(a => !a.IsDown).Select(a => a.ToString()).Distinct();
        Assert.Equal(["Settings uses Verification: Low.cs uses High"], up);
    }

    private static (string Project, CSharpCompilation Compilation) Read(string project)
    {
        var compilation = Compile(project, [.. Sources(project).Select(file => Parse(file, File.ReadAllText(Path.Combine(s_functions, project, file))))]);
        // What generators make is not there; whatever else can't be resolved would hide arrows.
        Assert.DoesNotContain(compilation.GetDiagnostics(), d => d.Id is "CS0246" or "CS0103" or "CS0234" or "CS1061");
        return (project, compilation);
    }

    private static CSharpCompilation Compile(string project, IReadOnlyList<SyntaxTree> trees)
    {
        string[] own = project == "Mfa.Core" ? ["Mfa.Core.dll", "Mfa.Web.dll"] : ["Mfa.Web.dll"];
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => !own.Contains(Path.GetFileName(path)))
            .Select(path => MetadataReference.CreateFromFile(path));
        return CSharpCompilation.Create("rooms", [.. trees, Parse("", Implicit)], references, new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }

    private static IEnumerable<Arrow> Arrows((string Project, CSharpCompilation Compilation) read)
    {
        var floors = Floors(read.Project);
        foreach (var tree in read.Compilation.SyntaxTrees.Where(t => t.FilePath.Length > 0))
        {
            var model = read.Compilation.GetSemanticModel(tree);
            foreach (var node in tree.GetRoot().DescendantNodes().Where(n => n is SimpleNameSyntax or ImplicitObjectCreationExpressionSyntax))
            {
                var symbol = model.GetSymbolInfo(node).Symbol;
                var type = (symbol as INamedTypeSymbol ?? symbol?.ContainingType)?.OriginalDefinition;
                if (type?.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath is { Length: > 0 } declared)
                {
                    var (from, to) = (Room(tree.FilePath), Room(declared));
                    yield return new(from, to, Path.GetFileName(tree.FilePath), type.Name, from == to || floors[from] < floors[to]);
                }
            }
        }
    }

    // From the top: the higher the number, the lower the floor.
    private static Dictionary<string, int> Floors(string project) =>
        File.ReadLines(Path.Combine(s_functions, "rooms.txt"))
            .SkipWhile(line => line != project).Skip(1)
            .TakeWhile(line => line.Length > 0)
            .SelectMany((line, floor) => line.Split(' ').Select(room => (room, floor)))
            .ToDictionary(r => r.room, r => r.floor);

    private static IEnumerable<string> Sources(string project)
    {
        var folder = Path.Combine(s_functions, project);
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Where(file => file.Split('/')[0] is not ("bin" or "obj"));
    }

    private static string Room(string file) =>
        file.Contains('/', StringComparison.Ordinal) ? file.Split('/')[0] : ".";

    private static SyntaxTree Parse(string file, string text) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), file);

    private sealed record Arrow(string From, string To, string File, string Type, bool IsDown)
    {
        public override string ToString() => $"{From} uses {To}: {File} uses {Type}";
    }
}
