namespace Mfa.Pages;

/// <summary>A page for users.</summary>
public enum Page
{
    /// <summary>Where methods are set up: <c>/</c>.</summary>
    SetUp,

    /// <summary>Where they are looked after: <c>/settings</c>.</summary>
    Settings,

    /// <summary>Where a relying party without a page of its own sends its user: <c>/sign-in/{challenge}</c>.</summary>
    SignIn,

    /// <summary>From which an answer is posted to whoever asked, when a sign-in page was left: <c>/external-mfa/answer</c>.</summary>
    Answer,

    /// <summary>Where a program's user takes the first step, before the second one: <c>/sign-in</c>.</summary>
    FirstStep,
}
