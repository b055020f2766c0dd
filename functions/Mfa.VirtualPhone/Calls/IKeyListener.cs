namespace Mfa.VirtualPhone;

/// <summary>What listens to the keys of a call.</summary>
internal interface IKeyListener
{
    /// <summary>Whether a key that is pressed now would be heard.</summary>
    bool Listening { get; }

    /// <param name="tone">The key, by the name that ACS gives it.</param>
    void Hear(string tone);
}
