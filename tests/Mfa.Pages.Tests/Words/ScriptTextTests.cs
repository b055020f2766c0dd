using System.Text.RegularExpressions;
using Mfa.Core;
using Mfa.Web;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>
/// The texts of scripts: every one that they ask for is there, and every one that is there is asked for. A key is asked for as
/// <c>t("key")</c>, <c>t(… ? "key" : "other")</c> or <c>new Fault("key")</c>; it may stand in quotes anywhere else, as data; what is made of a
/// value, <c>t(`state-${state}`)</c>, is listed below with the values that there are, or with none for whichever texts there are of that kind.
/// </summary>
public sealed partial class ScriptTextTests
{
    private static readonly string[] s_ways = [.. Enum.GetValues<How>().Select(Names.Camel)];

    private static readonly VerificationState[] s_bad = [.. Enum.GetValues<VerificationState>().Where(v => v > VerificationState.Verified)];

    private static readonly Dictionary<string, Dictionary<string, string[]>> s_computed = new()
    {
        ["authenticator"] = new()
        {
            ["asks-*"] = ["challenge", "context", "enrollment"],
            ["device-*"] = ["locked", "removed"],
            ["end-*"] = ["authenticate", "deny", "device-locked", "expired", "fraud", "over", "wrong-number"],
            ["end-*-means"] = ["authenticate", "deny", "device-locked", "expired", "fraud", "over", "wrong-number"],
            ["push-is-*"] = ["ask", "denied", "missing", "on"],
        },
        ["pages"] = new()
        {
            ["activate-*-1"] = ["code", "notification"],
            ["activate-*-2"] = ["code", "notification"],
            ["ask-*"] = [.. s_ways, "call-number", "call-ringing", "call-ringing-number", "call-dialling", "call-answered", "call-answered-number", "call-again", "text-number", "notification-number", "recovery"],
            ["choose-*"] = ["app", "call", "office"],
            ["code-of-*"] = ["text", "code", "notification", "recovery"],
            // Whatever ends without the right proof: the others say what the service says.
            ["end-*"] = [],
            ["fault-*"] = [],
            ["legend-*"] = ["delivery", "mode", "way"],
            ["listed-*-*"] = [],
            ["method-*"] = [.. Enum.GetValues<MethodKind>().Select(Names.Camel)],
            ["ready-*"] = ["call", "text", "notification"],
            // A device's subscription ends no verification.
            ["reason-*"] = [.. Enum.GetValues<Reason>().Where(r => r != Reason.SubscriptionGone).Select(Names.Kebab), .. s_bad.Select(Names.Camel)],
            ["settings-by-*"] = [],
            ["settings-how-*"] = s_ways,
            ["settings-recommend-*"] = ["mobileApp", "authenticationPhone"],
            ["settings-state-*"] = [],
            ["way-*"] = s_ways,
        },
    };

    // Faults that are taken where they are thrown, and never said.
    private static readonly string[] s_unsaid = ["over"];

    // A refusal of any service that has words of its own in the app is said in those, by its code; in the pages, where fault-code is there.
    private static readonly HashSet<string> s_codes = [.. Languages.Shipped.English.Section("problems").Keys.Select(k => k.Split('/')[0])];

    private static readonly string s_server = string.Concat(Directory.GetFiles(Path.Combine(Folders.Functions, "Mfa.Pages"), "*.cs").Select(File.ReadAllText));

    public static TheoryData<string> Sections => [.. s_computed.Keys];

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_text_that_is_asked_for_is_there(string section)
    {
        var (texts, scripts) = (Languages.Shipped.English.Section(section), Scripts(section));
        var asked = Asked().Matches(scripts).SelectMany(m => m.Groups.Cast<Group>().Skip(1)).Where(g => g.Success)
            .Select(g => section == "pages" && g.Name is "3" or "4" ? $"fault-{g.Value}" : g.Value);
        var made = s_computed[section].SelectMany(c => c.Value.Select(v => c.Key.Replace("*", v, StringComparison.Ordinal)));
        Assert.Equal([], asked.Concat(made).Except(texts.Keys).Except(s_unsaid));
        var computed = section == "pages" ? Kinds() : Made();
        Assert.Equal(s_computed[section].Keys.Order(), computed.Matches(scripts).Select(m => Value().Replace(m.Groups[1].Value, "*")).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_text_is_asked_for(string section)
    {
        var (texts, scripts) = (Languages.Shipped.English.Section(section), Scripts(section));
        Assert.Equal([], texts.Keys.Where(k => !scripts.Contains($"\"{k}\"", StringComparison.Ordinal) && !s_server.Contains($"\"{k}\"", StringComparison.Ordinal) && !(section == "authenticator" && s_codes.Contains(k))
            && !s_computed[section].Any(c => Fits(c.Key, c.Value, k))));
    }

    private static bool Fits(string made, string[] values, string key) =>
        values.Length == 0 ? Regex.IsMatch(key, $"^{made.Replace("*", "[\\w-]+", StringComparison.Ordinal)}$") : values.Any(v => made.Replace("*", v, StringComparison.Ordinal) == key);

    private static string Scripts(string section)
    {
        var folder = section == "pages" ? Folders.Pages : Folders.App;
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.js", SearchOption.AllDirectories) : [];
        return string.Join('\n', files.Where(f => Path.GetFileName(Path.GetDirectoryName(f)) != "vendor").Order().Select(File.ReadAllText));
    }

    [GeneratedRegex(""""\bt\((?:[^"`()]*(?:\([^"`()]*\))?[^"`()]* \? "([\w-]+)" : )?"([\w-]+)"|new Fault\((?:[^"`()]* \? "([\w-]+)" : )?"([\w-]+)"(?:)"""")]
    private static partial Regex Asked();

    [GeneratedRegex(@"\bt\(`([^`]+)`")]
    private static partial Regex Made();

    // The pages look for some of theirs first: has(`fault-${code}`).
    [GeneratedRegex(@"`((?!field-)[a-z]+-(?:[a-z]+-)?\$\{[^`}]*\}(?:-[0-9]|-\$\{[^`}]*\})?)(?=[`.$])")]
    private static partial Regex Kinds();

    [GeneratedRegex(@"\$\{[^}]+\}")]
    private static partial Regex Value();
}
