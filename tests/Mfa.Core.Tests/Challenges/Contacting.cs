using System.Collections.Immutable;

namespace Mfa.Core.Tests;

/// <summary>"Contact me" as the shell does it, but for the number's row.</summary>
internal static class Contacting
{
    /// <summary>Begins a verification of a holder that may be contacted. What runs is called off, and what it has still to do goes along.</summary>
    public static (Holder Holder, Account Account, Answer Answer) Begin(
        Holder holder, How how, Account account, bool sends, AccountPolicy policy, VerificationPolicy rules, DateTimeOffset now, string? contactKey = null)
    {
        var running = holder.Verification is { IsFinal: false } v ? v : null;
        var last = running is null ? holder.Verification : Verification.Step(running, new CancelAsked(), now).Next;
        if (!holder.NeedsContact(how))
        {
            return (holder.Knowing(contactKey) with { How = how, Verification = last }, account, Answer.Taken);
        }

        var id = holder.NextVerificationId;
        (account, var slot) = how == How.Notification ? account.Notifying(id, policy, now) : (account, 0);
        var devices = how == How.Notification ? holder.Devices(account).Keys.Order(StringComparer.Ordinal).ToImmutableArray() : [];
        var started = Verification.Start(id, how, Play.Key, rules, now, last, holder.NumberKey, devices: devices, slot: slot);
        started = started with { Next = started.Next with { Shown = how == How.Notification ? Shown(id) : null } };
        var (next, asked) = holder.Contacted(started, account, sends && how is How.Text or How.Call, policy, now, contactKey);
        return (next, asked, started.Answer);
    }

    /// <summary>The hash of what devices show of a verification.</summary>
    public static string Shown(string verificationId) => $"shown-{verificationId}";

    /// <summary>A challenge that asks by a method.</summary>
    public static Challenge Asking(Challenge challenge, Account account, ContactMethod method, How how) =>
        challenge.Asking(method, how, account.NumberOf(method), account.NumberOf(method) is { } phone ? NumberKey(phone) : null);

    public static string NumberKey(PhoneNumber phone) => $"number-{phone.E164[^1]}";
}
