namespace Mfa.Core;

public partial record Enrollment
{
    protected override IEnumerable<AuditEntry> Begun(AuditEntry entry) => [entry with { Kind = AuditKind.EnrollmentBegun }];

    protected override IEnumerable<AuditEntry> Over(AuditEntry entry) =>
        [entry with { Kind = AuditKind.EnrollmentEnded, State = End?.ToString(), Reason = Fault?.ToString(), MethodId = MethodId }];
}
