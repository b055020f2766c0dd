using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>The members of a JSON request, read one by one; every fault is collected, and told at once.</summary>
public sealed class Fields
{
    private readonly JsonElement _body;
    private readonly string _within;
    private readonly Dictionary<string, string[]> _errors;

    private Fields(JsonElement body, string within = "", Dictionary<string, string[]>? errors = null) => (_body, _within, _errors) = (body, within, errors ?? []);

    /// <summary>Reads a body, which must be a JSON object in UTF-8.</summary>
    /// <param name="request">The request.</param>
    /// <param name="optional">Whether no body at all stands for an empty object.</param>
    /// <exception cref="BadRequestException">It is too large, of another type, or no JSON object.</exception>
    public static async Task<Fields> ReadAsync(HttpRequest request, bool optional = false)
    {
        var bytes = await Body.ReadAsync(request);
        if (bytes.Length == 0 && optional)
        {
            return new(JsonElement.Parse("{}"));
        }

        Body.RequireJson(request);
        if (bytes.Length == 0)
        {
            throw new BadRequestException(Problem.Of(StatusCodes.Status400BadRequest, "invalid-json/missing"));
        }

        var json = Body.Parse(bytes);
        return json.ValueKind == JsonValueKind.Object
            ? new(json)
            : throw new BadRequestException(Problem.Of(StatusCodes.Status400BadRequest, "invalid-json/object"));
    }

    /// <summary>A text of up to <paramref name="atMost"/> characters; null where it is missing.</summary>
    public string? Text(string name, int atMost)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.String || Read(value) is not { } text)
        {
            return Wrong<string>(name, "is not text");
        }

        return text.Length > atMost ? Wrong<string>(name, $"is longer than {atMost} characters")
            : text.Any(char.IsControl) ? Wrong<string>(name, "has control characters")
            : text;
    }

    /// <summary>The same, and it must be there.</summary>
    public string RequiredText(string name, int atMost)
    {
        var text = Text(name, atMost);
        if (string.IsNullOrWhiteSpace(text) && !_errors.ContainsKey(_within + name))
        {
            Wrong<string>(name, "is missing");
        }

        return text ?? "";
    }

    /// <summary>One of some words; null where it is missing.</summary>
    public T? Choice<T>(string name, params ReadOnlySpan<(string Word, T Value)> words)
        where T : struct
    {
        if (Text(name, 100) is not { } text)
        {
            return null;
        }

        foreach (var (word, value) in words)
        {
            if (word == text)
            {
                return value;
            }
        }

        var known = new List<string>();
        foreach (var (word, _) in words)
        {
            known.Add(word);
        }

        Wrong<string>(name, $"is none of {string.Join(", ", known)}");
        return null;
    }

    public bool Flag(string name, bool otherwise = false)
    {
        if (Has(name, out var value) && value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            Wrong<string>(name, "is neither true nor false");
        }

        return value.ValueKind == JsonValueKind.True || (otherwise && value.ValueKind != JsonValueKind.False);
    }

    /// <summary>True or false, which it has to say.</summary>
    public bool RequiredFlag(string name)
    {
        if (!Has(name, out _))
        {
            Wrong<string>(name, "is missing");
        }

        return Flag(name);
    }

    /// <summary>The members of an object in it; null where it is missing.</summary>
    public Fields? Part(string name)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new(value, $"{_within}{name}.", _errors);
        }

        Fault(name, "is not an object");
        return null;
    }

    /// <summary>The objects of a list in it; none where it is missing.</summary>
    public IReadOnlyList<Fields> Parts(string name, int atMost)
    {
        if (!Has(name, out var value))
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= atMost && value.EnumerateArray().All(i => i.ValueKind == JsonValueKind.Object))
        {
            return [.. value.EnumerateArray().Select((item, i) => new Fields(item, $"{_within}{name}[{i}].", _errors))];
        }

        Fault(name, $"is not a list of at most {atMost} objects");
        return [];
    }

    /// <summary>Whether a member is there, be it as null.</summary>
    public bool Holds(string name) => Has(name, out var value) || value.ValueKind == JsonValueKind.Null;

    /// <summary>A whole number; null where it is missing.</summary>
    public int? Count(string name, int atLeast, int atMost)
    {
        if (!Has(name, out var value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var count) && count >= atLeast && count <= atMost)
        {
            return count;
        }

        Fault(name, $"is not a whole number from {atLeast} to {atMost}");
        return null;
    }

    /// <summary>A time with its offset (RFC 3339), in UTC; null where it is missing.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name, 40) is not { } text)
        {
            return null;
        }

        var hasOffset = text.Length > 19 && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-');
        if (hasOffset && _body.GetProperty(name).TryGetDateTimeOffset(out var time))
        {
            return time.ToUniversalTime();
        }

        Fault(name, "is no time such as 2026-03-01T12:00:00Z");
        return null;
    }

    /// <summary>Notes a fault.</summary>
    public void Fault(string name, string says) => _errors.TryAdd(_within + name, [says]);

    /// <exception cref="BadRequestException">Any field was wrong.</exception>
    public void ThrowOnFaults()
    {
        if (_errors.Count > 0)
        {
            throw new BadRequestException(Problem.Fields(_errors));
        }
    }

    private bool Has(string name, out JsonElement value)
    {
        try
        {
            return _body.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
        }
        catch (InvalidOperationException)
        {
            // A member's name has half of a surrogate pair.
            throw new BadRequestException(Problem.Of(StatusCodes.Status400BadRequest, "invalid-json/name"));
        }
    }

    private static string? Read(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }

    private T? Wrong<T>(string name, string says)
        where T : class
    {
        Fault(name, says);
        return null;
    }
}
