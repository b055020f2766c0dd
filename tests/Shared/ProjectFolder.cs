using System.Reflection;

namespace Mfa.Tests;

/// <summary>Where the project of these tests is, as its build says.</summary>
internal static class ProjectFolder
{
    public static string Path { get; } = typeof(ProjectFolder).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ProjectFolder").Value!;
}
