namespace Mfa.Core.Tests;

/// <summary>Kinds of things that happen to an account and what it has opened.</summary>
internal enum AccountHappening
{
    Open, Ask, Contact, Resend, Activate, Wrong, Right, Fraud, Cancel, Reset, Forget, Block, Unblock, Remove, Codes, Bypass, Require, Password, Vouch,
}

/// <summary>What happens next, after some time; the numbers choose among what is possible there.</summary>
internal readonly record struct AccountMove(AccountHappening What, MethodKind Kind, int Which, int Detail, TimeSpan After);
