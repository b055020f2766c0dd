using System.Text.RegularExpressions;

namespace Mfa.Twilio;

/// <summary>Twilio's ids: two letters and 32 hexadecimal digits.</summary>
internal static partial class TwilioSid
{
    public static bool IsOfCall(string sid) => Call().IsMatch(sid);

    public static bool IsOfText(string sid) => Message().IsMatch(sid);

    [GeneratedRegex(@"^CA[0-9a-f]{32}\z")]
    private static partial Regex Call();

    [GeneratedRegex(@"^[SM]M[0-9a-f]{32}\z")]
    private static partial Regex Message();
}
