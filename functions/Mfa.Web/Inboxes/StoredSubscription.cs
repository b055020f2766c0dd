using System.Text.Json;

namespace Mfa.Web;

/// <summary>Where a device is woken, as it is sealed.</summary>
public static class StoredSubscription
{
    public static string Write(PushSubscription subscription) =>
        JsonSerializer.Serialize(new[] { subscription.Endpoint.AbsoluteUri, subscription.P256dh, subscription.Auth });

    public static PushSubscription Read(string text) =>
        JsonSerializer.Deserialize<string[]>(text) is [var endpoint, var key, var auth] ? new(new Uri(endpoint), key, auth) : throw new JsonException("No subscription.");
}
