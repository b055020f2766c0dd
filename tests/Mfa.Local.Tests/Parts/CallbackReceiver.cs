using System.Collections.Concurrent;
using Mfa.Core;
using Mfa.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Mfa.Local.Tests;

/// <summary>The service as a carrier meets it, over real HTTP: what is posted is proved, read and answered by the carrier's own part, and told in our words.</summary>
internal sealed class CallbackReceiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<object> _told = new();

    private CallbackReceiver(WebApplication app) => _app = app;

    /// <summary>The carrier's part.</summary>
    public ICarrierCallbacks? Carrier { get; set; }

    /// <summary>What the call of an event does next, where its carrier waits for that in the answer; null where it waits.</summary>
    public Func<CallEvent, CallStep?> Next { get; set; } = _ => null;

    public string Url => _app.Urls.Single();

    /// <summary>Of the first attempt's call.</summary>
    public Uri Call => new($"{Url}/callbacks/calls/v/1");

    /// <summary>Of the first text.</summary>
    public Uri Text => new($"{Url}/callbacks/texts?verification=v&send=1");

    /// <summary>All that was told, in the order in which it came.</summary>
    public IReadOnlyList<object> Told => [.. _told];

    /// <summary>What was not believed, or not known.</summary>
    public ConcurrentQueue<string> Refused { get; } = new();

    public static async Task<CallbackReceiver> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        var receiver = new CallbackReceiver(app);
        app.MapPost("/callbacks/calls/v/{attempt:int}", receiver.CallAsync);
        app.MapPost("/callbacks/texts", receiver.TextsAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The first event of a kind, which may be still to come.</summary>
    public async Task<T> Event<T>(Func<T, bool>? which = null)
    {
        await Until.True(() => Told.OfType<T>().Any(which ?? (_ => true)), $"{typeof(T).Name} among {string.Join(", ", Told.Select(e => e.GetType().Name))}");
        return Told.OfType<T>().First(which ?? (_ => true));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> CallAsync(HttpRequest request, int attempt)
    {
        if (!Carrier!.Knows(request) || await Carrier.RefusalOfCallAsync(request) is not null)
        {
            return Refuse(request);
        }

        var post = await Carrier.ReadCallAsync(request, attempt);
        post.Events.ToList().ForEach(_told.Enqueue);
        return post.Answer(post.Asking is null ? null : post.Events.Select(Next).FirstOrDefault());
    }

    private async Task<IResult> TextsAsync(HttpRequest request)
    {
        if (!Carrier!.Knows(request) || await Carrier.RefusalOfTextAsync(request) is not null)
        {
            return Refuse(request);
        }

        var post = await Carrier.ReadTextsAsync(request);
        post.Events.ToList().ForEach(_told.Enqueue);
        return post.Answer;
    }

    private IResult Refuse(HttpRequest request)
    {
        Refused.Enqueue(request.Path);
        return Results.StatusCode(StatusCodes.Status403Forbidden);
    }
}
