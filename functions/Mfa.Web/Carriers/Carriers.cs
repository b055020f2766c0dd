using Microsoft.AspNetCore.Http;

namespace Mfa.Web;

/// <summary>A carrier that is set: how it is asked, and how it tells.</summary>
public sealed record SetCarrier(ICarrier Carrier, ICarrierCallbacks Callbacks);

/// <summary>The carriers that are set: the one that texts and calls go by, and the one that takes over from it. None: phones are refused.</summary>
public sealed class Carriers : IDisposable
{
    private static readonly NoCarrier s_none = new();

    private readonly IReadOnlyList<SetCarrier> _all;

    /// <param name="settings">Which they are.</param>
    /// <param name="make">Makes one.</param>
    public Carriers(CarrierSettings settings, Func<CarrierKind, SetCarrier> make) =>
        _all = [.. new[] { settings.Kind, settings.Fallback ?? CarrierKind.None }.Where(kind => kind != CarrierKind.None).Select(make)];

    /// <summary>The name of a carrier, by which a verification remembers it.</summary>
    public static string NameOf(CarrierKind kind) => kind.ToString().ToLowerInvariant();

    /// <summary>The carrier of a name; the first one for null, and in place of one that is no longer set.</summary>
    /// <param name="name">The name.</param>
    /// <param name="isGone">Whether it is no longer set: what it may have sent must not be sent by another.</param>
    public ICarrier Named(string? name, out bool isGone)
    {
        var named = _all.FirstOrDefault(c => NameOf(c.Carrier.Kind) == name)?.Carrier;
        isGone = name is not null && named is null;
        return named ?? First;
    }

    /// <summary>The carrier that has a call.</summary>
    public ICarrier Of(string callId) => _all.FirstOrDefault(c => c.Carrier.Gives(callId))?.Carrier ?? First;

    /// <summary>Who proves and reads a callback; null where no carrier posts such.</summary>
    public ICarrierCallbacks? CallbacksOf(HttpRequest request) => Poster(request)?.Callbacks;

    /// <summary>Whether a call can be of the carrier that posts: its id is not one that another carrier gives.</summary>
    public bool IsOf(string callId, HttpRequest request) => Poster(request) is { } poster && (poster.Carrier.Gives(callId) || !_all.Any(c => c.Carrier.Gives(callId)));

    private SetCarrier? Poster(HttpRequest request) => _all.FirstOrDefault(c => c.Callbacks.Knows(request));

    /// <summary>Ends their connections.</summary>
    public void Dispose()
    {
        foreach (var carrier in _all)
        {
            (carrier.Carrier as IDisposable)?.Dispose();
        }
    }

    private ICarrier First => _all.Count > 0 ? _all[0].Carrier : s_none;
}
