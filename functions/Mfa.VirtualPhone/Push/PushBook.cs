using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Mfa.VirtualPhone;

/// <summary>Every subscription there is, by the part of its address that nobody can guess.</summary>
internal sealed class PushBook(VirtualPhoneOptions options, TimeProvider time)
{
    private const int Most = 10_000;
    private readonly ConcurrentDictionary<string, PushSubscriber> _all = [];

    /// <summary>A new one.</summary>
    /// <param name="key">Who alone may push; null for anybody.</param>
    public string New(string? key)
    {
        var id = NewId();
        _all[id] = new(key, options, time);
        if (_all.Count > Most && _all.MinBy(one => one.Value.Touched) is { } oldest) { _all.TryRemove(oldest); }
        return id;
    }

    public PushSubscriber? Find(string id) => _all.GetValueOrDefault(id);

    public static string NewId() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16));
}
