using System.Collections.Concurrent;

namespace Mfa.VirtualPhone;

/// <summary>Every phone there is: a number has one as soon as somebody asks for it.</summary>
internal sealed class PhoneBook(VirtualPhoneOptions options, TimeProvider time)
{
    private const int Most = 100_000;
    private const int MostExtensions = 100;
    private readonly ConcurrentDictionary<string, Phone> _phones = [];
    private int _clearing;

    public Phone Of(PhoneNumber number)
    {
        if (!_phones.TryGetValue(number.Value, out var phone))
        {
            phone = _phones.GetOrAdd(number.Value, _ => New(number));
            if (_phones.Count > Most) { Clear(); }
        }

        phone.Touched = time.GetUtcNow();
        return number.Extension is { } extension ? Behind(phone, extension) : phone;
    }

    /// <summary>The phone of a number that doesn't exist.</summary>
    public Phone Nobody() => PhoneNumber.TryParse("+10000000", out var number) ? New(number) : throw new InvalidOperationException();

    /// <summary>The ones in use, those that ring first.</summary>
    public IReadOnlyList<Phone> Recent(int most) =>
        [.. _phones.Values.SelectMany(phone => phone.Extensions.Prepend(phone)).OrderByDescending(phone => phone.Call?.State == CallState.Ringing).ThenByDescending(phone => phone.Touched).Take(most)];

    private static Phone Behind(Phone office, string extension)
    {
        var phone = office.Behind(extension);
        phone.Touched = office.Touched;
        var all = office.Extensions.ToList();
        if (all.Count > MostExtensions && all.Where(one => one != phone && !one.IsInCall).MinBy(one => one.Touched) is { } oldest) { office.Forget(oldest); }
        return phone;
    }

    private Phone New(PhoneNumber number) => new(number, options, time);

    /// <summary>Forgets the tenth of the phones that nobody used for longest.</summary>
    private void Clear()
    {
        if (Interlocked.Exchange(ref _clearing, 1) == 1) { return; }
        foreach (var phone in _phones.Values.Where(phone => !phone.IsInCall).OrderBy(phone => phone.Touched).Take(Most / 10).ToList())
        {
            _phones.TryRemove(phone.Number.Value, out _);
        }

        Interlocked.Exchange(ref _clearing, 0);
    }
}
