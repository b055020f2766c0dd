using Mfa.Core;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>What a carrier posts to us: how it is proved, read and answered.</summary>
public interface ICarrierCallbacks
{
    /// <summary>Whether a request is in this carrier's form, so that this carrier alone can prove it.</summary>
    bool Knows(HttpRequest request);

    /// <summary>Why an event of a call is not believed; null where it is.</summary>
    /// <exception cref="UnavailableException">Nobody can tell now: it must be posted again.</exception>
    Task<Problem?> RefusalOfCallAsync(HttpRequest request);

    /// <summary>The same for an event of a text.</summary>
    Task<Problem?> RefusalOfTextAsync(HttpRequest request);

    /// <summary>Reads what a proved request tells of the call of an attempt.</summary>
    /// <exception cref="BadRequestException">It can't be read.</exception>
    Task<CallPost> ReadCallAsync(HttpRequest request, int attempt);

    /// <summary>Reads what a proved request tells of texts.</summary>
    /// <exception cref="BadRequestException">It can't be read.</exception>
    Task<TextPost> ReadTextsAsync(HttpRequest request);
}

/// <summary>What a request tells of a call.</summary>
/// <param name="Events">What happened; what means nothing to a verification is left out.</param>
public sealed record CallPost(IReadOnlyList<CallEvent> Events)
{
    /// <summary>The number that was called, as E.164: a call to another proves nothing; null where the carrier does not tell.</summary>
    public string? Called { get; init; }

    /// <summary>The call that waits for the answer to this request to go on; null where none does.</summary>
    public string? Asking { get; init; }

    /// <summary>The answer, with what that call does next; null where it waits.</summary>
    public Func<CallStep?, IResult> Answer { get; init; } = _ => Results.Ok();
}

/// <summary>What a request tells of texts.</summary>
/// <param name="Events">What happened.</param>
/// <param name="Answer">The answer.</param>
public sealed record TextPost(IReadOnlyList<CarrierText> Events, IResult Answer);

/// <summary>What a call does next.</summary>
public abstract record CallStep;

/// <summary>It asks.</summary>
public sealed record AskNext(CallQuestion Question) : CallStep;

/// <summary>It says its last words, and ends.</summary>
public sealed record SayLast(SpokenText Words) : CallStep;

/// <summary>It dials.</summary>
public sealed record DialNext(OutgoingTones Tones) : CallStep;

/// <summary>It ends.</summary>
public sealed record EndNow : CallStep;
