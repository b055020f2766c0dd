namespace Mfa.VirtualPhone;

/// <summary>What createCall asks for.</summary>
/// <param name="To">A plus and digits, as the client wrote it: not always a number that exists.</param>
internal sealed record CallOrder(string From, string To, Uri CallbackUri, string? OperationContext);
