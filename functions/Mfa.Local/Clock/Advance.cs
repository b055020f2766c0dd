using Mfa.Web;

namespace Mfa.Local;

/// <summary>Looks at a verification: <see cref="VerificationAdvance.AdvanceAsync"/>.</summary>
public delegate Task<Advanced> Advance(string verificationId, CancellationToken cancel);
