using Xunit;

namespace Mfa.Client.Tests;

/// <summary>The canonical form of what a user agrees to, as RFC 8785 has it: JavaScript's JSON.stringify of sorted members is that form.</summary>
public sealed class ContextTests
{
    private static readonly MfaContext[] s_contexts =
    [
        new("Payment", [new("Amount", "€ 120.00"), new("To", "Bob \"the\" \\ Builder")]),
        new("", []),
        new("\b\t\n\f\r\u0000\u001f\u007f\u2028\u00a0/<>&'", [new("emoji", "😀 é e\u0301")]),
    ];

    [Fact]
    public async Task It_is_what_JavaScript_makes_of_it()
    {
        foreach (var context in s_contexts)
        {
            var json = System.Text.Json.JsonSerializer.Serialize(new { details = context.Details.Select(d => new { label = d.Label, value = d.Value }), title = context.Title });
            var hash = await Tool.RunAsync("node", "-e", "console.log(require('crypto').createHash('sha256').update(JSON.stringify(JSON.parse(process.argv[1]))).digest('base64url'))", json);
            Assert.Equal(hash, MfaContext.Hash(context));
        }
    }

    [Fact]
    public void Half_a_surrogate_pair_has_none() => Assert.Throws<ArgumentException>(() => MfaContext.Hash(new("\ud83d", [])));
}
