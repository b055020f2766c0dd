namespace Mfa.Web;

/// <summary>Who a request is from, or why it may go no further. Nothing in it: anyone.</summary>
public sealed record Admission
{
    /// <summary>Why it is refused.</summary>
    public Problem? Refusal { get; init; }

    public UserCaller? User { get; init; }

    public ApplicationCaller? Application { get; init; }

    /// <summary>A device, whose key is still to be compared.</summary>
    public DeviceProof? Device { get; init; }

    /// <summary>The sign-in page, whose ticket is still to be compared.</summary>
    public SignInTicket? SignIn { get; init; }

    /// <summary>Whether answers leave on the beat: those that may not tell who exists, and all of the page's, for a wrong ticket looks like any.</summary>
    public bool IsOnBeat => Application?.IsBlind == true || SignIn is not null;

    /// <summary>The second step that a user shows, on a route that asks for one.</summary>
    public SecondStep? SecondStep { get; init; }

    public static Admission Refused(Problem why) => new() { Refusal = why };
}
