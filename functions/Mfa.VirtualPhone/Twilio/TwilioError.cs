namespace Mfa.VirtualPhone;

/// <summary>A refusal in the body that Twilio's clients read: <c>{"code","message","more_info","status"}</c>.</summary>
internal static class TwilioError
{
    public static IResult NotAuthenticated() => Answer(401, 20003, "Authenticate");

    public static IResult NotFound(HttpRequest request) => Answer(404, 20404, $"The requested resource {request.Path} was not found");

    public static IResult TooMany() => Answer(429, 20429, "Too Many Requests");

    public static IResult TooLarge() => Answer(413, 20413, "The request body is larger than 64 KiB.");

    public static IResult Bad(int code, string message) => Answer(400, code, message);

    private static IResult Answer(int status, int code, string message) =>
        WireJson.Answer(new { code, message, more_info = $"https://www.twilio.com/docs/errors/{code}", status }, status);
}
