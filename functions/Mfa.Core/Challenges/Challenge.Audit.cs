namespace Mfa.Core;

public partial record Challenge
{
    protected override AuditEntry Entry(AuditKind kind, DateTimeOffset now)
    {
        var entry = base.Entry(kind, now) with { Client = Client, Application = Application, Place = Place, Ip = Ip, MethodId = MethodId };
        return MethodId is null ? entry with { Method = null, How = null } : entry;
    }

    protected override IEnumerable<AuditEntry> Begun(AuditEntry entry) =>
        BrowserReused ? [entry with { Kind = AuditKind.ChallengeAsked }, entry with { Kind = AuditKind.BrowserReused }] : [entry with { Kind = AuditKind.ChallengeAsked }];

    protected override IEnumerable<AuditEntry> Over(AuditEntry entry) =>
        [entry with { Kind = AuditKind.ChallengeEnded, State = End?.ToString(), Reason = Fault?.ToString() ?? Reason?.ToString(), By = By?.ToString(), How = ProvedHow ?? entry.How }];
}
