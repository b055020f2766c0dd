using Mfa.Core;
using Microsoft.Extensions.Logging;

namespace Mfa.Web;

/// <summary>What operators count. Alert rules read these lines word by word: change them only together with infra/.</summary>
public sealed class VerificationLog(ILogger<VerificationLog> log)
{
    /// <summary>A save made a verification final, or put another in the place of one that ran.</summary>
    public void Saved(Core.Verification? before, Core.Verification? after)
    {
        if (before is { IsFinal: false } && before.Id != after?.Id)
        {
            Ended(before.How, VerificationState.Cancelled, null);
        }

        if (after is { IsFinal: true } && !(before is { IsFinal: true } && before.Id == after.Id))
        {
            Ended(after.How, after.State, after.Reason);
        }
    }

    /// <summary>The carrier took a text or a call.</summary>
    public void Taken(How how) => log.LogInformation("Carrier took: {How}", Names.Camel(how));

    private void Ended(How how, VerificationState state, Reason? reason) =>
        log.LogInformation("Verification ended: {How} {State} {Reason}", Names.Camel(how), Names.Camel(state), reason is { } why ? Names.Kebab(why) : "-");
}
