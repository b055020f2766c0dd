namespace Mfa.VirtualPhone;

/// <summary>
/// Runs TwiML on a call, one instruction after another, and fetches the next. Everything here happens with the phone's lock held, but for
/// a webhook on its way; an answer that is no longer waited for is dropped.
/// </summary>
internal sealed class TwimlRun(TwilioCall call, Alarm alarm, Func<Webhook, Task<WebhookAnswer?>> post, VirtualPhoneOptions options) : IKeyListener
{
    private Queue<Verb> _verbs = [];

    /// <summary>Where the document that runs came from; null where it came with a request.</summary>
    private WebhookAddress? _document;

    private Gathering? _gathering;

    /// <summary>Grows with all that replaces what was going on.</summary>
    private int _turn;

    /// <summary>A key that is pressed now would be heard.</summary>
    public event Action? ListenerCame;

    public bool Listening => _gathering is not null;

    /// <summary>Runs these in place of what runs, at once.</summary>
    public void Start(IEnumerable<Verb> verbs)
    {
        Stop();
        _document = null;
        _verbs = new(verbs);
        Next();
    }

    /// <summary>TwiML that came with a request.</summary>
    public void Start(IReadOnlyList<Verb> before, string twiml)
    {
        // What can't be run fails in its turn, as an address that is none does.
        Start(before.Concat(Twiml.Read(twiml) ?? [new Redirect("", HttpMethod.Post)]));
    }

    public void Stop()
    {
        _turn++;
        alarm.Stop();
        _verbs.Clear();
        _gathering = null;
        call.Changed();
    }

    public void Hear(string tone)
    {
        if (_gathering is not { } gathering || Tones.KeyOf(tone) is not { } key) { return; }
        if (gathering.Press(key)) { Finish(); }
        else { alarm.Set(gathering.Wanted.Timeout, Finish); }
    }

    private void Next()
    {
        if (!_verbs.TryDequeue(out var verb)) { verb = new Hangup(); }
        switch (verb)
        {
            case SendTones tones:
                Send(tones.Digits);
                break;
            case Gather gather:
                _gathering = new(gather);
                Prompt();
                call.Changed();
                ListenerCame?.Invoke();
                break;
            case Redirect redirect:
                Fetch(redirect.Url, redirect.Method);
                break;
            case Hangup:
                call.Finish();
                break;
            default:
                alarm.Set(Perform(verb), Next);
                break;
        }
    }

    /// <returns>How long it takes.</returns>
    private TimeSpan Perform(Verb verb)
    {
        if (verb is not Speak speak) { return verb is Pause pause ? pause.For : TimeSpan.Zero; }
        if (speak.Words.Length == 0) { return TimeSpan.Zero; }
        call.Say(speak.Words, speak.Language);
        return options.SpeakFor * speak.Times;
    }

    private void Prompt()
    {
        if (_gathering is not { } gathering) { return; }
        if (gathering.Prompts.TryDequeue(out var prompt)) { alarm.Set(Perform(prompt), Prompt); }
        else { alarm.Set(gathering.Wanted.Timeout, Finish); }
    }

    private void Finish()
    {
        var gathering = _gathering!;
        alarm.Stop();
        _gathering = null;
        call.Changed();
        if (gathering.Digits.Length == 0 && !gathering.Wanted.ActsOnEmpty)
        {
            Next();
            return;
        }

        Fetch(gathering.Wanted.Action, gathering.Wanted.Method, new("Digits", gathering.Digits), new("FinishedOnKey", gathering.FinishedOn), new("msg", "Gather End"));
    }

    private void Send(string digits)
    {
        var pauses = digits.TakeWhile(Tones.IsPause).ToList();
        var keys = digits.Skip(pauses.Count).TakeWhile(key => !Tones.IsPause(key)).ToArray();
        alarm.Set(options.TwilioTonePause * pauses.Sum(key => key == 'W' ? 2 : 1), () =>
        {
            if (keys.Length == 0)
            {
                Next();
                return;
            }

            if (call.Phone.Habits.Tones != ToneHabit.Fail) { call.Hear(new string(keys)); }
            if (call.State != CallState.Ended) { Send(digits[(pauses.Count + keys.Length)..]); }
        });
    }

    private void Fetch(string url, HttpMethod method, params KeyValuePair<string, string>[] more)
    {
        var to = _document is null ? WebhookAddress.Of(url) : _document.Resolve(url);
        if (to is null) { Fail(null, 11100); }
        else { Fetch(to, method, more); }
    }

    private void Fetch(WebhookAddress to, HttpMethod method, params KeyValuePair<string, string>[] more)
    {
        _verbs.Clear();
        var turn = ++_turn;
        var hook = new Webhook(to, method, [.. call.Fields(), .. more], OfCall: true);
        _ = Task.Run(async () =>
        {
            var answer = await post(hook);
            lock (call.Phone.Gate)
            {
                if (turn == _turn) { Take(to, answer); }
            }
        });
    }

    private void Take(WebhookAddress from, WebhookAnswer? answer)
    {
        if (answer is not { IsGood: true })
        {
            Fail(from, 11200);
        }
        else if (answer.Type is not ("text/xml" or "application/xml" or "text/html") || Twiml.Read(answer.Body) is not { } verbs)
        {
            Fail(from, 12100);
        }
        else
        {
            _document = from;
            _verbs = new(verbs);
            Next();
        }
    }

    /// <summary>A document can't be had, or not be run.</summary>
    /// <param name="code">Twilio's code of that.</param>
    private void Fail(WebhookAddress? document, int code)
    {
        if (call.Fallback is { } fallback && document?.Given != fallback.Given)
        {
            Fetch(fallback, HttpMethod.Post, new("ErrorCode", $"{code}"), new("ErrorUrl", document?.Text ?? ""));
            return;
        }

        _verbs = new([new Hangup()]);
        call.Say("An application error has occurred. Goodbye.", "en-US");
        alarm.Set(options.SpeakFor, Next);
    }
}
