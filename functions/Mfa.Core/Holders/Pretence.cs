namespace Mfa.Core;

/// <summary>
/// A contact that only looks like one: what was asked for ended by what its caller may not know, and goes on for them as it would where nobody had answered.
/// </summary>
/// <param name="Count">How many there were.</param>
/// <param name="How">The way that was asked for.</param>
/// <param name="Until">Until when it would run.</param>
/// <param name="Number">The digits that would be on the screen.</param>
public sealed record Pretence(int Count, How How, DateTimeOffset Until, int? Number);
