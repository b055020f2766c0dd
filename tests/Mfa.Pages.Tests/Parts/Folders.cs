namespace Mfa.Pages.Tests;

internal static class Folders
{
    /// <summary>The sources of the service.</summary>
    public static string Functions { get; } = Path.GetFullPath(Path.Combine(ProjectFolder.Path, "../../functions"));

    /// <summary>The app's files.</summary>
    public static string App { get; } = Path.Combine(Functions, "Mfa.Pages", "wwwroot", "authenticator");

    /// <summary>The files of the other pages.</summary>
    public static string Pages { get; } = Path.Combine(Functions, "Mfa.Pages", "wwwroot", "pages");

    /// <summary>The name of the one file that the app shares with the pages.</summary>
    public const string Family = "family.css";

    /// <summary>Where a file of the app is.</summary>
    public static string Of(string file) => file == Family ? Path.Combine(App, "../pages", Family) : Path.Combine(App, file);

    /// <summary>Where pictures go; git knows nothing of it.</summary>
    public static string Pictures { get; } = Path.GetFullPath(Path.Combine(ProjectFolder.Path, "../../artifacts/screens"));
}
