namespace Mfa.VirtualPhone;

/// <summary>Something that is played, or listened for, on a call.</summary>
internal abstract class MediaOperation(string? operationContext, Uri? callbackUri)
{
    public string? OperationContext { get; } = operationContext;

    /// <summary>Where this operation's events go, if not where the call's go.</summary>
    public Uri? CallbackUri { get; } = callbackUri;

    /// <summary>Whether a key that is pressed now would be heard.</summary>
    public virtual bool Listening => false;

    public abstract string CanceledEvent { get; }

    public abstract void Begin(MediaQueue line);

    public virtual void Hear(MediaQueue line, string tone)
    {
    }
}
