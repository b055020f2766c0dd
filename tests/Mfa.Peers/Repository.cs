namespace Mfa.Peers;

/// <summary>The repository that this was built from.</summary>
public static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Folder { get; } =
        Path.GetFullPath(Path.Combine(ProjectFolder.Path, "../.."));
}
