namespace Mfa.Web;

/// <summary>The pause before a row that others changed is tried again.</summary>
public static class Contention
{
    /// <summary>Longer with each try, and by chance, so that many that collide part.</summary>
    public static Task PauseAsync(int tries, CancellationToken cancel = default) => Task.Delay(Random.Shared.Next(5, 10 * tries), cancel);
}
