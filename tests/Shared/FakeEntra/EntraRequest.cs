using System.Text.Json.Nodes;

namespace Mfa.Tests;

/// <summary>A sign-in that waits for its second step, and the form that asks an external method for it.</summary>
internal sealed class EntraRequest
{
    /// <summary>What Entra asks for (its documents, "Authentication request").</summary>
    public const string UsualClaims =
        """{"id_token":{"acr":{"essential":true,"values":["possessionorinherence"]},"amr":{"essential":true,"values":["face","fido","fpt","hwk","iris","otp","pop","retina","sc","sms","swk","tel","vbm"]}}}""";

    /// <summary>The <c>claims</c> that ask for others.</summary>
    public static string ClaimsOf(IEnumerable<string> acr, IEnumerable<string> amr) => new JsonObject
    {
        ["id_token"] = new JsonObject { ["acr"] = Essential(acr), ["amr"] = Essential(amr) },
    }.ToJsonString();

    /// <summary>Its own name for it, which comes back as the state.</summary>
    public string State { get; } = "state-" + Guid.NewGuid().ToString("N");

    public string Nonce { get; } = "nonce-" + Guid.NewGuid().ToString("N");

    /// <summary>What both sides log.</summary>
    public string CorrelationId { get; } = Guid.NewGuid().ToString();

    public required EntraUser User { get; init; }

    /// <summary>When the browser was sent.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What is posted, in order.</summary>
    public required List<(string Name, string Value)> Form { get; init; }

    /// <summary>Whether an answer came.</summary>
    public bool IsOver { get; set; }

    /// <summary>What is said in one of its fields; null where there is none.</summary>
    public string? this[string name]
    {
        get => Form.Where(f => f.Name == name).Select(f => f.Value).FirstOrDefault();
        set
        {
            var at = Form.FindIndex(f => f.Name == name);
            Form.RemoveAll(f => f.Name == name);
            if (value is not null)
            {
                Form.Insert(at < 0 ? Form.Count : at, (name, value));
            }
        }
    }

    /// <summary>What may be said of how it was done: the values of <c>acr</c>, or of <c>amr</c>.</summary>
    public IReadOnlyList<string> Allowed(string claim) =>
        [.. JsonNode.Parse(this["claims"]!)!["id_token"]![claim]!["values"]!.AsArray().Select(v => v!.ToString())];

    private static JsonObject Essential(IEnumerable<string> values) => new() { ["essential"] = true, ["values"] = new JsonArray([.. values.Select(v => JsonValue.Create(v))]) };
}
