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

        var started = Verification.Start(holder.NextVerificationId, how, Play.Key, rules, now, last, holder.NumberKey);
        var (next, asked) = holder.Contacted(started, account, sends && how != How.Code, policy, now, contactKey);
        return (next, asked, started.Answer);
    }

    /// <summary>A challenge that asks by a method.</summary>
    public static Challenge Asking(Challenge challenge, Account account, ContactMethod method, How how) =>
        challenge.Asking(method, how, account.NumberOf(method), account.NumberOf(method) is { } phone ? NumberKey(phone) : null);

    public static string NumberKey(PhoneNumber phone) => $"number-{phone.E164[^1]}";
}
