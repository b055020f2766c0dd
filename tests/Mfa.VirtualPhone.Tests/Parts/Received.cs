using Microsoft.AspNetCore.Http;

namespace Mfa.VirtualPhone.Tests;

/// <summary>An event that arrived.</summary>
/// <param name="Kind">The last word of its type.</param>
internal sealed record Received(string Kind, JsonElement Event, IHeaderDictionary Headers, int Count)
{
    public JsonElement Data => Event.GetProperty("data");

    public string Id => Event.GetProperty("id").GetString()!;

    public (int Code, int SubCode) Result
    {
        get
        {
            var result = Data.GetProperty("resultInformation");
            return (result.GetProperty("code").GetInt32(), result.GetProperty("subCode").GetInt32());
        }
    }

    public string? Context => Data.TryGetProperty("operationContext", out var context) ? context.GetString() : null;
}
