using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Mfa.Web;

/// <summary>The one wrapper round every endpoint of both heads: headers, who may call, faults and the log scope.</summary>
public sealed class EndpointRunner(BlindBeat beat, ILogger<EndpointRunner> log)
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(2);

    /// <summary>Runs a route for a request.</summary>
    public async Task<IResult> RunAsync(Route route, HttpRequest request) =>
        await AnswerAsync(route, request) is var answer && route.IsPage && answer is Problem problem ? new ProblemPage(problem) : answer;

    private async Task<IResult> AnswerAsync(Route route, HttpRequest request)
    {
        var http = request.HttpContext;
        SecurityHeaders.Set(http.Response);
        if (route.AnyOrigin)
        {
            OtherOrigins.Set(http.Response);
        }

        using var scope = log.BeginScope("{Route}", route.Name);
        try
        {
            var caller = await route.Access.AdmitAsync(request);
            return caller.Refusal ?? await (caller.IsOnBeat ? OnBeatAsync(route, request, caller) : route.Handle(new Call(request, caller)));
        }
        catch (BadRequestException bad)
        {
            return bad.Problem;
        }
        catch (BadHttpRequestException bad)
        {
            return Problem.Of(bad.StatusCode is StatusCodes.Status408RequestTimeout or StatusCodes.Status413PayloadTooLarge ? bad.StatusCode : StatusCodes.Status400BadRequest, "invalid-request/unreadable");
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client left; nobody reads the answer.
            return Results.Empty;
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or TaskCanceledException or UnavailableException)
        {
            log.LogWarning("{Route} could not be done now: {Fault} {Status}", route.Name, e.GetType().Name, (e as RequestFailedException)?.Status);
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, "unavailable") with { RetryAfter = s_retryAfter };
        }
        catch (Exception e)
        {
            log.LogError(e, "{Route} failed", route.Name);
            return Problem.Of(StatusCodes.Status500InternalServerError, "internal");
        }
    }

    private async Task<IResult> OnBeatAsync(Route route, HttpRequest request, Admission caller)
    {
        request.Body = new MemoryStream((await Body.ReadAsync(request)).ToArray());
        return await beat.RunAsync(() => route.Handle(new Call(request, caller)));
    }
}
