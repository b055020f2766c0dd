namespace Mfa.VirtualPhone;

/// <summary>The body of createCall, as far as the network reads it.</summary>
internal sealed record CreateCallRequest(
    IReadOnlyList<WireIdentifier?>? Targets,
    WirePhoneNumber? SourceCallerIdNumber,
    string? CallbackUri,
    string? OperationContext);

internal sealed record WirePhoneNumber(string? Value);

internal sealed record WireIdentifier(string? RawId, WirePhoneNumber? PhoneNumber)
{
    /// <summary>The number, as text: of the number itself or of its raw id, <c>4:+1…</c>.</summary>
    public string? Number => PhoneNumber?.Value ?? (RawId is { Length: > 2 } raw && raw.StartsWith("4:", StringComparison.Ordinal) ? raw[2..] : null);
}
