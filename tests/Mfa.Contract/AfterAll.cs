using System.Buffers;
using System.Text.RegularExpressions;
using Xunit;

namespace Mfa.Contract;

/// <summary>What runs alone, after everything else.</summary>
[CollectionDefinition(nameof(AfterAll), DisableParallelization = true)]
public sealed class AfterAll;

/// <summary>Reads every line that was logged in this run.</summary>
[Collection(nameof(AfterAll))]
public sealed partial class SecretsStaySecret
{
    [Fact]
    public void No_code_secret_number_or_token_is_in_any_line_logged()
    {
        var lines = Seen.Lines.ToArray();
        var secrets = Seen.Secrets.ToArray();
        Assert.True(lines.Length > 100 && secrets.Length > 10, $"{lines.Length} lines and {secrets.Length} secrets: run the other tests with this one");

        // All of them are looked for at once: one by one, many lines and many secrets take minutes.
        var any = SearchValues.Create(secrets, StringComparison.Ordinal);
        var leaks = lines.Where(line => (line.AsSpan().ContainsAny(any) && secrets.Any(s => Holds(line, s))) || Token().IsMatch(line)).Select(l => l[..Math.Min(300, l.Length)]).Take(10).ToArray();
        Assert.True(leaks.Length == 0, string.Join(Environment.NewLine, leaks));
    }

    // A six-digit code may stand by chance in a longer number, such as a port or a duration.
    private static bool Holds(string line, string secret)
    {
        for (var at = line.IndexOf(secret, StringComparison.Ordinal); at >= 0; at = line.IndexOf(secret, at + 1, StringComparison.Ordinal))
        {
            if (secret.Length > 6 || (!IsDigit(line, at - 1) && !IsDigit(line, at + secret.Length)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDigit(string line, int at) => at >= 0 && at < line.Length && (char.IsAsciiLetterOrDigit(line[at]) || line[at] is '.' or '-');

    [GeneratedRegex(@"eyJ[A-Za-z0-9_-]{20,}\.")]
    private static partial Regex Token();
}
