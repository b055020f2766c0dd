using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>A kind of holder, as its rows and ids tell. Whoever brings one registers it.</summary>
/// <param name="Name">What its rows' names begin with.</param>
/// <param name="Mark">The letter that its ids carry; nothing for enrollments, which were first.</param>
/// <param name="Read">Reads one out of its row.</param>
/// <param name="Write">Writes one into its row.</param>
public sealed record HolderKind(string Name, string Mark, Func<string, Holder> Read, Func<Holder, string> Write)
{
    /// <summary>A kind by its type.</summary>
    public static HolderKind Of<T>(string name, string mark, JsonTypeInfo<T> json)
        where T : Holder =>
        new(name, mark, text => JsonSerializer.Deserialize(text, json)!, holder => JsonSerializer.Serialize((T)holder, json));
}
