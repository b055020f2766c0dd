using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mfa.Pages.Tests;

/// <summary>A device, as its service has it.</summary>
internal sealed class DeviceRow(string id, string name, ECDsa key, string? pin)
{
    public string Id { get; } = id;

    public string Name { get; set; } = name;

    public ECDsa Key { get; } = key;

    public string? Pin { get; } = pin;

    public int PinTries { get; set; } = 5;

    /// <summary>What came to each request: its decision, and the number and PIN that were given.</summary>
    public ConcurrentQueue<JsonElement> Answers { get; } = new();

    public ConcurrentDictionary<string, JsonObject> Inbox { get; } = new();

    public ConcurrentDictionary<string, bool> Used { get; } = new();

    public JsonElement? Push { get; set; }

    public bool Removed { get; set; }

    public int Version { get; set; } = 1;

    public string Number { get; set; } = "";
}
