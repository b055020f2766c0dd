using System.Collections.Immutable;

namespace Mfa.Core;

public partial record Account
{
    // Another instance's clock may be behind.
    private static readonly TimeSpan s_stepsKept = TimeSpan.FromMinutes(1);

    /// <summary>The method with an id; null where there is none.</summary>
    public ContactMethod? Method(string id) => Methods.FirstOrDefault(m => m.Id == id);

    /// <summary>Whether so many wrong codes came that the kind has to be set up anew.</summary>
    public bool IsLocked(MethodKind kind, AccountPolicy policy) => WrongCodes.GetValueOrDefault(kind)?.InARow >= policy.FailuresBeforeLock;

    /// <summary>Why the user may not change what they sign in with; null when they may.</summary>
    /// <param name="step">The second step that is shown.</param>
    /// <param name="once">Whether the change takes one that no such change has taken.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    public AccountRefusal? MayChange(ShownStep? step, bool once, AccountPolicy policy, DateTimeOffset now) =>
        Blocked
        ?? (NeedsSecondStep(step?.At, policy, now) ? new(AccountFault.SecondStepRequired)
            : once && step is not null && UsedSteps.ContainsKey(step.Id) ? new(AccountFault.SecondStepUsed)
            : null);

    /// <summary>The account that is contacted in another way first; the very same where it already is.</summary>
    public (Account Account, AccountRefusal? Refusal) Prefer(Preferred preferred, ShownStep? step, AccountPolicy policy, DateTimeOffset now) =>
        preferred == Preferred ? (this, null)
        : MayChange(step, once: false, policy, now) is { } refusal ? (this, refusal)
        : (this with { Preferred = preferred }, null);

    /// <summary>The account without a method; the very same where it has no such one.</summary>
    public (Account Account, AccountRefusal? Refusal) Remove(string methodId, ShownStep? step, AccountPolicy policy, DateTimeOffset now) =>
        Method(methodId) is not { } method ? (this, null)
        : MayChange(step, once: true, policy, now) is { } refusal ? (this, refusal)
        : Required && Methods.Length == 1 ? (this, new AccountRefusal(AccountFault.LastMethod))
        : (Spent(step, now).With(Methods.Remove(method)), null);

    /// <summary>Why no recovery codes may be made; null when they may.</summary>
    public AccountRefusal? MayMakeCodes(ShownStep? step, AccountPolicy policy, DateTimeOffset now) =>
        MayChange(step, once: true, policy, now) ?? (Methods.IsEmpty ? new(AccountFault.NoMethod) : null);

    /// <summary>The account with a new set of recovery codes; the older set works no more.</summary>
    public (Account Account, AccountRefusal? Refusal) Keep(RecoveryCodes codes, ShownStep? step, AccountPolicy policy, DateTimeOffset now) =>
        MayMakeCodes(step, policy, now) is { } refusal ? (this, refusal) : (Spent(step, now) with { RecoveryCodes = codes }, null);

    /// <summary>The account that asks again in a browser; the very same where it has no such one.</summary>
    public (Account Account, AccountRefusal? Refusal) ForgetBrowser(string id, ShownStep? step, AccountPolicy policy, DateTimeOffset now) =>
        Browsers.FirstOrDefault(b => b.Id == id) is not { } browser ? (this, null)
        : MayChange(step, once: false, policy, now) is { } refusal ? (this, refusal)
        : (this with { Browsers = Browsers.Remove(browser) }, null);

    /// <summary>
    /// The account with these methods and no others: what is preferred moves on, wrong codes of a kind that is gone are forgotten, and
    /// without any method there is nothing that a recovery code, a browser or an app password could stand in for.
    /// </summary>
    internal Account With(ImmutableArray<ContactMethod> methods)
    {
        var gone = Methods.Select(m => m.Kind).Except(methods.Select(m => m.Kind));
        return this with
        {
            Methods = methods,
            Preferred = methods.Any(m => m.Id == Preferred?.MethodId) ? Preferred : methods is [var first, ..] ? new(first.Id, first.How) : null,
            WrongCodes = WrongCodes.RemoveRange(gone),
            RecoveryCodes = methods.IsEmpty ? null : RecoveryCodes,
            Browsers = methods.IsEmpty ? [] : Browsers,
            AppPasswords = methods.IsEmpty ? [] : AppPasswords,
        };
    }

    private Account Spent(ShownStep? step, DateTimeOffset now) => step is null ? this : this with
    {
        UsedSteps = UsedSteps.RemoveRange(UsedSteps.Where(s => s.Value + s_stepsKept <= now).Select(s => s.Key)).SetItem(step.Id, step.EndsAt),
    };
}
