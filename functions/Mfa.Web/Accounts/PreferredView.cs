using Mfa.Core;

namespace Mfa.Web;

/// <summary>What the user is contacted with first.</summary>
public sealed record PreferredView(string MethodId, string How)
{
    public static PreferredView? Of(Account account) => account.Preferred is { } p ? new(p.MethodId, Names.Camel(p.How)) : null;
}
