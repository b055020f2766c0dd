namespace Mfa.VirtualPhone;

/// <summary>Why a call event happened, with ACS's codes.</summary>
internal sealed record ResultInformation(int Code, int SubCode, string Message)
{
    public static readonly ResultInformation Good = new(200, 0, "");
    public static readonly ResultInformation WeHungUp = new(200, 7000, "The call was ended by the application.");
    public static readonly ResultInformation TheyHungUp = new(200, 560000, "The call was ended by the remote party.");

    public static readonly ResultInformation NoAnswer = new(480, 560480, "No answer.");
    public static readonly ResultInformation Busy = new(486, 560486, "The callee is busy.");
    public static readonly ResultInformation Unreachable = new(404, 560404, "The callee can't be reached.");
    public static readonly ResultInformation Declined = new(603, 560603, "The call was declined.");
    public static readonly ResultInformation InvalidNumber = new(484, 560484, "The number is invalid or incomplete.");
    public static readonly ResultInformation ForbiddenSource = new(403, 560403, "The source number is not the resource's.");

    public static readonly ResultInformation MaxTones = new(200, 8531, "Action completed, max digits received.");
    public static readonly ResultInformation StopTone = new(200, 8514, "Action completed as stop tone was detected.");
    public static readonly ResultInformation Silence = new(400, 8510, "Action failed, initial silence timeout reached.");
    public static readonly ResultInformation BetweenTones = new(400, 8532, "Action failed, inter-digit silence timeout reached.");
    public static readonly ResultInformation Canceled = new(400, 8508, "Action failed, the operation was cancelled.");
    public static readonly ResultInformation PromptFailed = new(500, 8511, "Action failed, encountered failure while trying to play the prompt.");
    public static readonly ResultInformation DownloadFailed = new(400, 8536, "Action failed, file could not be downloaded.");
    public static readonly ResultInformation TonesFailed = new(500, 9999, "Action failed, the tones could not be sent.");
    public static readonly ResultInformation EmptyText = new(400, 8582, "Action failed, the text is empty.");
}
