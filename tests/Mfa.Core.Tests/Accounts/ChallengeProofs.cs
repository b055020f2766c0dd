namespace Mfa.Core.Tests;

/// <summary>Tells whether a method of the account was proved, from the event and what the account has, with the library's own codes.</summary>
internal static class ChallengeProofs
{
    public static bool IsRight(AccountStep step)
    {
        var (before, challenge, account) = (step.ChallengeBefore!, step.Challenge!, step.Before);
        return challenge.ProvedHow switch
        {
            How.Code => step.Event is CodeGiven { Digits: { } digits } && account.Methods.Zip(step.After.Methods).Any(m => IsAppCode(m.First, m.Second, digits, step.Now)),
            How.Text => IsAsked(before, account) && before.Verification is { How: How.Text } text && IsTextCode(text, step.Event!),
            How.Call => IsAsked(before, account) && before.Verification is { How: How.Call } call && IsKey(call, step.Event!),
            How.Notification => NotificationProofs.IsRight(step),
            _ => false,
        };
    }

    // The code of a time step that is near and was not used, which is used now.
    private static bool IsAppCode(ContactMethod before, ContactMethod after, string digits, DateTimeOffset now) =>
        before.Kind == MethodKind.MobileApp && after.LastStep is { } used && !(used <= before.LastStep)
        && Math.Abs(used - (now.ToUnixTimeSeconds() / 30)) <= 1
        && digits == AccountPlay.AppCode(AccountPlay.Seed(before.SeedOf!), DateTimeOffset.FromUnixTimeSeconds(used * 30));

    // The number that is asked is one that the account has now.
    private static bool IsAsked(Challenge challenge, Account account) =>
        account.Methods.Any(m => m.Id == challenge.MethodId && m.Kind == challenge.Kind && challenge.Phone is not null
            && challenge.Phone == (m.Kind == MethodKind.OfficePhone ? account.OfficePhone : m.Phone));

    private static bool IsTextCode(Verification text, VerificationEvent e) => e switch
    {
        CodeGiven { Digits: { } digits } => IsSent(text, digits),
        Replied replied => IsSent(text, replied.Typed) && (text.Policy.ReplyProof == ReplyProof.Code || replied.Digits == Number(text)),
        _ => false,
    };

    private static bool IsSent(Verification text, string digits) =>
        Enumerable.Range(text.Attempt - 1, 2).Any(send => send > 0 && digits == VerificationCode.Derive(Play.Key, text.Id, send).Reveal());

    private static bool IsKey(Verification call, VerificationEvent e) =>
        e is KeysHeard keys && call.Call is { Listening: CallPrompt.Verify or CallPrompt.VerifyAgain } line
        && (keys.Attempt, keys.CallId, keys.Prompt) == (call.Attempt, line.Id, line.Prompt)
        && keys.Keys == (call.Policy.CallProof == CallProof.Number ? $"{Number(call)}#" : "#");

    private static string Number(Verification v) => $"{MatchingNumber.Derive(Play.Key, v.Id)}";
}
