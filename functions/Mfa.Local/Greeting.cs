namespace Mfa.Local;

/// <summary>What is printed when everything is up.</summary>
public static class Greeting
{
    public static string Of(LocalHead head) => string.Join(Environment.NewLine, new[]
    {
        "Everything is up. Ctrl+C stops it.",
        $"  try it       {head.Url}dev",
        head.PhonesUrl is null ? null : $"  the phones   {head.PhonesUrl}",
        $"  the app      {head.Url}authenticator",
        $"  a token      curl \"{head.Url}dev/token?user=alice\"",
    }.OfType<string>());
}
