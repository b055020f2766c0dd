using System.Collections.Concurrent;

namespace Mfa.VirtualPhone;

/// <summary>The phones that no text of a number goes to, because they answered one with a word such as STOP.</summary>
internal sealed class OptOuts
{
    private static readonly string[] Stop = ["STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"];
    private static readonly string[] Start = ["START", "YES", "UNSTOP"];
    private readonly ConcurrentDictionary<(string Phone, string Number), bool> _out = [];

    public bool Has(string phone, string number) => _out.ContainsKey((phone, number));

    /// <summary>Hears a text from a phone, and gives what Twilio answers it by itself; null where it says nothing.</summary>
    public string? Hear(string phone, string number, string body)
    {
        var word = body.Trim().ToUpperInvariant();
        return Stop.Contains(word) && _out.TryAdd((phone, number), true)
                ? "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe."
            : Start.Contains(word) && _out.TryRemove((phone, number), out _)
                ? "You have successfully been re-subscribed to messages from this number. Reply STOP to unsubscribe."
            : null;
    }
}
