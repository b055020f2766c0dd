using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Mfa.Local;

/// <summary>
/// The secrets of a laptop: made on the first start, kept in a file that only its owner reads, and shaped as settings,
/// so that a setting of the same name wins over them.
/// </summary>
public static class KeyFile
{
    /// <summary>The setting that holds the development issuer's key, an RSA key in PKCS#8 as base64.</summary>
    public const string DevIssuerKey = "DevIssuer:Key";

    private const string Name = "keys.json";
    private const string PushName = "push.json";
    private const string KeyId = "laptop-1";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true };

    /// <summary>The path of the file, which is there when this returns.</summary>
    /// <param name="folder">Where it is kept; made where it is missing.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static string Ensure(string folder) => Ensure(folder, Name, Fresh);

    /// <summary>The path of the file with the key that wakes devices: one of its own, for folders that are older than it.</summary>
    /// <inheritdoc cref="Ensure(string)"/>
    public static string EnsurePush(string folder) => Ensure(folder, PushName, FreshPush);

    private static string Ensure(string folder, string name, Func<JsonObject> fresh)
    {
        var path = Path.GetFullPath(Path.Combine(folder, name));
        if (File.Exists(path))
        {
            return path;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var draft = $"{path}.{Guid.NewGuid():n}";
        using (var file = new FileStream(draft, Creation()))
        {
            JsonSerializer.Serialize(file, fresh(), s_indented);
            file.Flush(flushToDisk: true);
        }

        try
        {
            // Of two that start for the first time at once, one name is taken once: the other reads what the first wrote.
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }

        return path;
    }

    private static FileStreamOptions Creation()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    private static JsonObject Fresh()
    {
        using var assertion = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var devIssuer = RSA.Create(2048);
        return new()
        {
            ["KeyRing"] = new JsonObject
            {
                ["Keys"] = new JsonObject { [KeyId] = RandomBytes() },
                ["Newest"] = KeyId,
                ["IndexKey"] = RandomBytes(),
            },
            ["Assertion"] = new JsonObject
            {
                ["Keys"] = new JsonObject { [KeyId] = Convert.ToBase64String(assertion.ExportPkcs8PrivateKey()) },
                ["Newest"] = KeyId,
            },
            ["Carrier"] = new JsonObject { ["TextEventsSecrets"] = RandomNumberGenerator.GetHexString(64, lowercase: true) },
            ["DevIssuer"] = new JsonObject { ["Key"] = Convert.ToBase64String(devIssuer.ExportPkcs8PrivateKey()) },
        };
    }

    private static JsonObject FreshPush()
    {
        using var vapid = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new() { ["Push"] = new JsonObject { ["VapidKey"] = Convert.ToBase64String(vapid.ExportPkcs8PrivateKey()) } };
    }

    private static string RandomBytes() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
}
