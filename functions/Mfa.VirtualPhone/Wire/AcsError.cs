namespace Mfa.VirtualPhone;

/// <summary>A refusal in the body that ACS's clients read: <c>{"error":{"code","message"}}</c>.</summary>
internal static class AcsError
{
    public static IResult BadArgument(string message) => Answer(400, "8523", message);

    public static IResult NotEstablished() => Answer(400, "8501", "The call is not established.");

    public static IResult NotSigned(string message) => Answer(401, "7509", message);

    public static IResult Forbidden(string message) => Answer(403, "7504", message);

    public static IResult NoSuchCall() => Answer(404, "8522", "Call not found.");

    public static IResult NoSuchRoute() => Answer(404, "NotFound", "There is no such route.");

    public static IResult TooLarge() => Answer(413, "PayloadTooLarge", "The request body is larger than 64 KiB.");

    public static IResult TooMany() => Answer(429, "TooManyRequests", "Too many media operations wait on this call.");

    private static IResult Answer(int status, string code, string message) =>
        WireJson.Answer(new { error = new { code, message } }, status);
}
