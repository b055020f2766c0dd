namespace Mfa.Peers;

/// <summary>What a RADIUS client was answered.</summary>
/// <param name="Packet">Access-Accept, Access-Reject or Access-Challenge; "nothing" where none came.</param>
/// <param name="Message">Its Reply-Message.</param>
/// <param name="State">Its State, in hexadecimal.</param>
/// <param name="Text">All that radclient printed.</param>
public sealed record RadiusAnswer(string Packet, string Message, string? State, string Text)
{
    /// <summary>All of it.</summary>
    public override string ToString() => Text;
}
