using System.Collections.Immutable;

namespace Mfa.Core;

/// <summary>A method as it was shown to a caller who may not learn what becomes of it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Hows">Its ways, the usual one first.</param>
/// <param name="Label">What a page shows of it.</param>
public sealed record ShownMethod(string Id, MethodKind Kind, ImmutableArray<How> Hows, string? Label);
