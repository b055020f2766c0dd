using System.Reflection;

namespace Mfa.Peers;

/// <summary>The repository that this was built from.</summary>
public static class Repository
{
    /// <summary>Its folder.</summary>
    public static string Folder { get; } =
        Path.GetFullPath(Path.Combine(typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectFolder").Value!, "../.."));
}
