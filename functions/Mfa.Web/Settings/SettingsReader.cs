using System.Globalization;
using Mfa.Core;
using Microsoft.Extensions.Configuration;

namespace Mfa.Web;

/// <summary>Reads settings and collects every fault, so that all of them are told at once. Values that may be secret are never repeated.</summary>
public sealed class SettingsReader(IConfiguration configuration)
{
    private const string Unresolved = "is a reference to Key Vault that the platform did not resolve: is the secret there, and has the app its role?";

    private const int SecretAtLeast = 16;

    private readonly List<string> _faults = [];

    /// <summary>Throws when any setting was wrong.</summary>
    public void ThrowOnFaults()
    {
        if (_faults.Count > 0)
        {
            throw new SettingsException(_faults);
        }
    }

    /// <summary>Notes a fault of a setting.</summary>
    public void Fault(string name, string says) => _faults.Add($"{Shown(name)} {says}");

    public string? Optional(string name)
    {
        var value = configuration[name];
        if (!IsUnresolved(value))
        {
            return value is { Length: > 0 } ? value : null;
        }

        Fault(name, Unresolved);
        return null;
    }

    public string Required(string name, string what)
    {
        if (Optional(name) is { } value)
        {
            return value;
        }

        if (!IsUnresolved(configuration[name]))
        {
            Fault(name, $"is missing: {what}");
        }

        return "";
    }

    /// <summary>An absolute http or https address.</summary>
    public Uri Address(string name, string what)
    {
        var text = Required(name, what);
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
        {
            return uri!;
        }

        if (text.Length > 0)
        {
            Fault(name, "is not an http or https address");
        }

        return new Uri("http://invalid.invalid/");
    }

    /// <summary>A secret, or two with a comma between while one replaces the other.</summary>
    public IReadOnlyList<string> Secrets(string name, string what)
    {
        var text = Required(name, $"{what}; two with a comma between while one replaces the other");
        var secrets = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (text.Length > 0 && (secrets.Length is 0 or > 2 || secrets.Any(s => s.Length < SecretAtLeast)))
        {
            Fault(name, $"is not one or two secrets, each of at least {SecretAtLeast} characters");
        }

        return secrets;
    }

    /// <summary>A telephone number in E.164, without spaces.</summary>
    public string Number(string name, string what)
    {
        var number = Required(name, what);
        if (number.Length > 0 && !PhoneNumber.IsE164(number))
        {
            Fault(name, "is not an E.164 number: + and 2 to 15 digits, without spaces");
        }

        return number;
    }

    public bool Flag(string name, bool otherwise) => Parse<bool>(name, otherwise, bool.TryParse, "is neither true nor false");

    public int Count(string name, int otherwise, int atLeast = 1)
    {
        var count = Parse<int>(name, otherwise, (string? s, out int v) => int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out v), "is not a whole number");
        return count >= atLeast ? count : Wrong(name, $"is below {atLeast}", otherwise);
    }

    /// <summary>A duration as <c>hh:mm:ss</c>, longer than nothing, and at most seven days unless told otherwise.</summary>
    public TimeSpan Duration(string name, TimeSpan otherwise, TimeSpan? atMost = null)
    {
        var most = atMost ?? TimeSpan.FromDays(7);
        var span = Parse<TimeSpan>(name, otherwise, TryDuration, "is not a duration such as 00:00:30");
        return span > TimeSpan.Zero && span <= most ? span : Wrong(name, $"is not between nothing and {(atMost is null ? "seven days" : most < TimeSpan.FromDays(1) ? $"{most}" : $"{most.TotalDays:0} days")}", otherwise);
    }

    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum =>
        Parse<T>(name, otherwise, (string? s, out T v) => Enum.TryParse(s, ignoreCase: true, out v) && Enum.IsDefined(v) && !int.TryParse(s, out _),
            $"is none of {string.Join(", ", Enum.GetNames<T>())}");

    /// <summary>Bytes as base64.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="what">What it is for.</param>
    /// <param name="length">How many bytes; null for any number.</param>
    public byte[] Bytes(string name, string what, int? length)
    {
        var text = Required(name, what);
        var bytes = new byte[text.Length];
        if (text.Length == 0 || !Convert.TryFromBase64String(text, bytes, out var written))
        {
            return text.Length == 0 ? [] : Wrong<byte[]>(name, "is not base64", []);
        }

        return length is null || written == length ? bytes[..written] : Wrong<byte[]>(name, $"has {written} bytes, not {length}", []);
    }

    /// <summary>The names below a section, and their full names.</summary>
    public IReadOnlyList<(string Id, string Name)> Children(string section) =>
        [.. configuration.GetSection(section).GetChildren().Select(c => (c.Key, c.Path))];

    // The platform hands over the reference itself then: long enough for a secret, and no secret at all.
    private static bool IsUnresolved(string? value) => value?.StartsWith("@Microsoft.KeyVault(", StringComparison.OrdinalIgnoreCase) == true;

    // A bare number would be days.
    private static bool TryDuration(string? text, out TimeSpan span)
    {
        span = default;
        return text?.Contains(':', StringComparison.Ordinal) == true && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out span);
    }

    private T Wrong<T>(string name, string says, T otherwise)
    {
        Fault(name, says);
        return otherwise;
    }

    private delegate bool Parser<T>(string? text, out T value);

    private T Parse<T>(string name, T otherwise, Parser<T> parse, string fault) =>
        Optional(name) is not { } text ? otherwise : parse(text, out var value) ? value : Wrong(name, fault, otherwise);

    // As it is written in the environment, which works everywhere.
    private static string Shown(string name) => name.Replace(":", "__", StringComparison.Ordinal);
}
