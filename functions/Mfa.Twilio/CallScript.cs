using Mfa.Web;
using Twilio.TwiML;
using Twilio.TwiML.Voice;

namespace Mfa.Twilio;

/// <summary>What a call does next, as TwiML (twilio.com/docs/voice/twiml).</summary>
public static class CallScript
{
    // Until what it waits for comes to it: the longest that a verification waits in a call.
    private const int WaitsAtMost = 60;

    /// <summary>Whether a key is awaited, or the words are the last ones: TwiML of one step.</summary>
    /// <param name="step">The step; null where the call waits.</param>
    public static string Of(CallStep? step)
    {
        var script = new VoiceResponse();
        switch (step)
        {
            case AskNext { Question: var question }:
                // Without a key that finishes, a # is one of the keys; a silence is told, too.
                var gather = new Gather(
                    input: [Gather.InputEnum.Dtmf],
                    action: TwilioAddress.Keys(question.Callback, question.Prompt),
                    method: global::Twilio.Http.HttpMethod.Post,
                    numDigits: question.Keys,
                    finishOnKey: "",
                    timeout: (int)Math.Ceiling(question.Silence.TotalSeconds),
                    actionOnEmptyResult: true);
                script.Append(gather.Append(Words(question.Text)));
                break;
            case SayLast { Words: var words }:
                script.Append(Words(words)).Hangup();
                break;
            case DialNext { Tones: var tones }:
                script.Play(digits: tones.Digits).Redirect(TwilioAddress.Dialled(tones.Callback, tones.Part), method: global::Twilio.Http.HttpMethod.Post);
                break;
            case null:
                script.Pause(WaitsAtMost).Hangup();
                break;
            default:
                script.Hangup();
                break;
        }

        return script.ToString();
    }

    private static Say Words(SpokenText text) =>
        TwilioVoices.Of(text.Locale) is { } voice ? new(text.Words, voice: voice) : new(text.Words, language: text.Locale);
}
