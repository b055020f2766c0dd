namespace Mfa.VirtualPhone;

/// <summary>The REST surface of texts.</summary>
internal static class SmsRoutes
{
    private const int MostRecipients = 100;

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/sms", (HttpContext http, TextDesk desk, VirtualPhoneOptions options) =>
    {
        if (!WireJson.TryRead<SmsRequest>(http.Body(), out var request)) { return AcsError.BadArgument("The body is not JSON of sms."); }
        if (request.Message is not { Length: > 0 and <= TextDesk.LongestBody }) { return AcsError.BadArgument($"message must be a text of at most {TextDesk.LongestBody} characters."); }
        if (request.SmsRecipients is not { Count: > 0 and <= MostRecipients } recipients || recipients.Contains(null)) { return AcsError.BadArgument($"smsRecipients must be 1 to {MostRecipients}."); }
        if (request.From is not { } from || !options.Numbers.Contains(from)) { return AcsError.Forbidden("from is not a number of the resource."); }

        var items = recipients.Select(recipient => desk.Send(request, recipient!, report => http.Response.OnCompleted(() =>
        {
            report();
            return Task.CompletedTask;
        }))).ToList();
        return WireJson.Answer(new { value = items }, StatusCodes.Status202Accepted);
    });
}
