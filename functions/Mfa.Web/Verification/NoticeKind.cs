using Mfa.Core;

namespace Mfa.Web;

/// <summary>Notices as holders: their rows bring them through faults as any text.</summary>
public static class NoticeKind
{
    public static HolderKind Rows { get; } = HolderKind.Of("notice", "n", StateJson.Default.Notice);
}
