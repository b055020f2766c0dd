namespace Mfa.VirtualPhone;

/// <summary>The numbers whose texts do not go to a phone, because it answered one with a word such as STOP. The phone's lock is held.</summary>
internal sealed class OptOuts
{
    private static readonly string[] Stop = ["STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"];
    private static readonly string[] Start = ["START", "YES", "UNSTOP"];
    private readonly HashSet<string> _numbers = [];

    public bool Has(string number) => _numbers.Contains(number);

    /// <summary>Hears a text to a number, and gives what Twilio answers it by itself; null where it says nothing.</summary>
    public string? Hear(string number, string body)
    {
        var word = body.Trim().ToUpperInvariant();
        return Stop.Contains(word) && _numbers.Add(number)
                ? "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe."
            : Start.Contains(word) && _numbers.Remove(number)
                ? "You have successfully been re-subscribed to messages from this number. Reply STOP to unsubscribe."
            : null;
    }

    public void Forget() => _numbers.Clear();
}
