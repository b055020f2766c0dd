using System.Text.Json.Nodes;

namespace Mfa.Contract;

/// <summary>An answer over HTTP.</summary>
public sealed record Reply(int Status, JsonNode? Body, HttpResponseMessage Raw)
{
    public string? Code => Text("code");

    /// <summary>A member by its path: <c>verification.state</c>.</summary>
    public string? Text(string path)
    {
        var node = Body;
        foreach (var name in path.Split('.'))
        {
            node = (node as JsonObject)?[name];
        }

        return node?.ToString();
    }

    public string this[string path] => Text(path) ?? throw new InvalidOperationException($"No {path} in {Status} {Body}");

    public override string ToString() => $"{Status} {Body?.ToJsonString()}";
}
