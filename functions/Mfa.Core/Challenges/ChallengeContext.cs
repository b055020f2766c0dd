using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Mfa.Core;

/// <summary>What a user agrees to by proving: a payment, a change. It is said as it is, and signed.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Details">Its parts, in order.</param>
/// <param name="Hash">base64url(SHA-256) of its canonical form (RFC 8785), as the assertion carries it.</param>
public sealed record ChallengeContext(string Title, ImmutableArray<ContextDetail> Details, string Hash)
{
    /// <summary>The most characters of what is said, so that it fits a text and a person's patience.</summary>
    public const int SaidAtMost = 240;

    /// <summary>It in one line: <c>Pay: amount € 50, to Bob</c>.</summary>
    [JsonIgnore]
    public string Said => Details.IsEmpty ? Title : $"{Title}: {string.Join(", ", Details.Select(d => $"{d.Label} {d.Value}"))}";
}

/// <summary>A part of what is agreed to.</summary>
public sealed record ContextDetail(string Label, string Value);
