using Mfa.Core;

namespace Mfa.Web;

/// <summary>Enrollments as holders: they were first, so their ids carry no letter.</summary>
public static class EnrollmentKind
{
    public static HolderKind Rows { get; } = HolderKind.Of("enrollment", "", StateJson.Default.Enrollment);

    /// <summary>The enrollment that a holder is.</summary>
    public static Core.Enrollment Enrollment(this StoredHolder stored) => (Core.Enrollment)stored.Holder;
}
