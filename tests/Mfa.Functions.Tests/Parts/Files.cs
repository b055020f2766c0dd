namespace Mfa.Functions.Tests;

/// <summary>The repository's files that these tests read, copied beside them by the build.</summary>
internal static class Files
{
    public static string Path(params string[] names) => System.IO.Path.Combine([AppContext.BaseDirectory, .. names]);

    public static string Read(params string[] names) => File.ReadAllText(Path(names));

    /// <summary>The contents of all files of a folder whose names fit.</summary>
    public static IEnumerable<string> All(string folder, string names) => Directory.GetFiles(Path(folder), names).Select(File.ReadAllText);
}
