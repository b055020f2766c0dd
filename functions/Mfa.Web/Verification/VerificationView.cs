using System.Globalization;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>A verification as callers see it, whatever holds it.</summary>
public sealed record VerificationView(
    string Id,
    string State,
    string How,
    int Attempt,
    int Attempts,
    string? Number,
    string? SentTo,
    DateTimeOffset? RetryAt,
    DateTimeOffset ExpiresAt,
    string? Reason,
    string? Offer,
    string? Call)
{
    /// <summary>The view of a holder's verification; null where it has none.</summary>
    public static VerificationView? Of(Holder holder)
    {
        if (holder.Verification is not { } v)
        {
            return null;
        }

        var attempts = v.How switch { Core.How.Text => v.Policy.Sends, Core.How.Call => v.Policy.Calls, _ => 0 };
        DateTimeOffset? retryAt = v switch
        {
            { IsFinal: true } => null,
            { How: Core.How.Text } when v.Attempt < v.Policy.Sends => v.LastSentAt + v.Policy.SendAgainAfter,
            _ => v.RetryAt,
        };
        return new(
            v.Id,
            Names.Camel(v.State),
            Names.Camel(v.How),
            v.Attempt,
            attempts,
            v.IsFinal ? null : v.MatchNumber?.ToString(CultureInfo.InvariantCulture),
            holder.Phone?.Masked,
            retryAt,
            v.Deadline,
            v.Reason is { } reason ? Names.Kebab(reason) : null,
            v.Reason == Core.Reason.OptedOut ? Names.Camel(Core.How.Call) : null,
            v switch
            {
                { IsFinal: true } or { Call: null } => null,
                { IsDialling: true } => "dialling",
                { Call.Phase: CallPhase.Connected } => "answered",
                { Call.Phase: CallPhase.Ringing, State: VerificationState.Waiting } => "ringing",
                _ => null,
            });
    }
}
