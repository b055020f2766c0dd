using System.Text.RegularExpressions;

namespace Mfa.Web;

/// <summary>A wake-up: it says that there is something to look at, and nothing else.</summary>
public sealed partial record Wake
{
    /// <summary>A wake-up.</summary>
    /// <param name="topic">Of two with the same topic that the push service still has, the later one stays (RFC 8030 section 5.4): 1 to 32 characters of base64url.</param>
    /// <param name="timeToLive">How long the push service keeps it for a device that is away; whole seconds, rounded up.</param>
    /// <exception cref="ArgumentException">The topic is none, or the time is negative.</exception>
    public Wake(string topic, TimeSpan timeToLive)
    {
        if (!Form().IsMatch(topic) || timeToLive < TimeSpan.Zero)
        {
            throw new ArgumentException("A topic has 1 to 32 characters of base64url, and a time to live isn't negative.", nameof(topic));
        }

        (Topic, TimeToLive) = (topic, timeToLive);
    }

    /// <summary>What it replaces, and is replaced by.</summary>
    public string Topic { get; }

    /// <summary>How long the push service keeps it.</summary>
    public TimeSpan TimeToLive { get; }

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,32}\z")]
    private static partial Regex Form();
}
