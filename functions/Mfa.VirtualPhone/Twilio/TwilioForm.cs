using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace Mfa.VirtualPhone;

/// <summary>The fields of a request. One that is empty is as if it were not there.</summary>
internal sealed record TwilioForm(Dictionary<string, StringValues> Fields)
{
    public string? this[string name] => Fields.TryGetValue(name, out var values) && values.Count > 0 && values[^1] is { Length: > 0 } value ? value : null;

    public IEnumerable<string> All(string name) => Fields.TryGetValue(name, out var values) ? values.OfType<string>() : [];

    public static TwilioForm Read(byte[] body) => new(QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)));
}
