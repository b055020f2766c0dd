namespace Mfa.Client;

/// <summary>A line of what the user agrees to.</summary>
/// <param name="Label">What it is: <c>Amount</c>.</param>
/// <param name="Value">Its value: <c>€ 120.00</c>.</param>
public sealed record ContextDetail(string Label, string Value);
