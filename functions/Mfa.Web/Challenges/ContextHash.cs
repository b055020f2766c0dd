using Mfa.Core;

namespace Mfa.Web;

/// <summary>The hash of what a user agrees to, as the assertion's <c>ctx</c> carries it.</summary>
public static class ContextHash
{
    /// <summary>base64url(SHA-256) of the canonical form (RFC 8785) of <c>{"details":[{"label":…,"value":…}],"title":…}</c>; no details are an empty list.</summary>
    public static string Of(string title, IEnumerable<ContextDetail> details) => CanonicalJson.Hash(InboxItem.Context(title, details));
}
