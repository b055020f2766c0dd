namespace Mfa.VirtualPhone;

/// <summary>
/// The settings of the network, from the section <c>VirtualPhone</c>. The network reads them while it runs, so a program
/// that hosts it may still set <see cref="TextEventsUrl"/> and <see cref="TwilioTextsUrl"/> once it knows its own address.
/// </summary>
public sealed class VirtualPhoneOptions
{
    public const string Section = "VirtualPhone";

    /// <summary>Where the network listens: http, loopback; port 0 takes a free one.</summary>
    public string Url { get; set; } = "http://127.0.0.1:7072";

    /// <summary>The key that requests are signed with, base64. Empty: a random one, told by <c>/connection</c>.</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>The immutable id of the resource: the audience of call events' tokens.</summary>
    public string ResourceId { get; set; } = "7f0c1e5a-4b62-4d39-9a58-1c2d3e4f5a6b";

    /// <summary>The issuer of call events' tokens.</summary>
    public string Issuer { get; set; } = "https://acscallautomation.communication.azure.com";

    /// <summary>The network's own numbers: the ones that calls and texts may come from.</summary>
    public IList<string> Numbers { get; set; } = ["+18005550100"];

    /// <summary>Where Event Grid's text events go; empty: nowhere.</summary>
    public string TextEventsUrl { get; set; } = "";

    /// <summary>The delivery header that proves text events, sent where <see cref="TextEventsSecret"/> is set.</summary>
    public string TextEventsHeader { get; set; } = "X-Mfa-Events-Secret";

    /// <summary>The value of the delivery header.</summary>
    public string TextEventsSecret { get; set; } = "";

    /// <summary>The SID of the account on Twilio's wire: AC and 32 hexadecimal digits.</summary>
    public string TwilioAccountSid { get; set; } = "AC7f0c1e5a4b624d399a581c2d3e4f5a6b";

    /// <summary>The token that requests carry and callbacks are signed with. Empty: a random one, told by <c>/connection</c>.</summary>
    public string TwilioAuthToken { get; set; } = "";

    /// <summary>The SID (SK…) of a key that requests may carry in place of the account's; empty: none.</summary>
    public string TwilioApiKey { get; set; } = "";

    /// <summary>The secret of <see cref="TwilioApiKey"/>.</summary>
    public string TwilioApiSecret { get; set; } = "";

    /// <summary>The numbers of the account, which calls and texts by Twilio's wire may come from.</summary>
    public IList<string> TwilioNumbers { get; set; } = ["+18005550199"];

    /// <summary>The SID of the messaging service: MG and 32 hexadecimal digits. It sends from the first of <see cref="TwilioNumbers"/>.</summary>
    public string TwilioMessagingService { get; set; } = "MG7f0c1e5a4b624d399a581c2d3e4f5a6b";

    /// <summary>Where texts to a number of the account are told ("A message comes in"); empty: nowhere.</summary>
    public string TwilioTextsUrl { get; set; } = "";

    /// <summary>How long a call or a text stays queued before it goes.</summary>
    public TimeSpan TwilioQueueFor { get; set; }

    /// <summary>Requests in one second; one more is refused (429, 20429). 0: any.</summary>
    public int TwilioRequestsPerSecond { get; set; }

    /// <summary>The pause that <c>w</c> stands for among digits that are sent into a call; <c>W</c> is two.</summary>
    public TimeSpan TwilioTonePause { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The origin whose pages may show a phone in a frame; empty: none.</summary>
    public string FramedBy { get; set; } = "";

    /// <summary>How long a phone rings before the call ends as "no answer".</summary>
    public TimeSpan RingFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a phone with the habit <c>no-answer</c> rings; unset: as long as any other.</summary>
    public TimeSpan? NoAnswerAfter { get; set; }

    /// <summary>How long a phone that picks up by itself (<c>answer</c>, <c>voicemail</c>) rings.</summary>
    public TimeSpan AnswerDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>After how long voicemail hangs up.</summary>
    public TimeSpan VoicemailFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a switchboard waits for the first tone of an extension before it hangs up.</summary>
    public TimeSpan SwitchboardFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>After how long without another tone a switchboard takes the extension for complete, where a longer one could begin so.</summary>
    public TimeSpan SwitchboardPause { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>The longest a call may last.</summary>
    public TimeSpan CallFor { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long one prompt is spoken.</summary>
    public TimeSpan SpeakFor { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The time between two keys that are pressed together.</summary>
    public TimeSpan KeyPace { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long a key waits for someone who listens before it is lost.</summary>
    public TimeSpan KeyWait { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Calls that may go on to one number at a time; one more is declined (603). ACS gives 2 until it is raised.</summary>
    public int CallsPerNumber { get; set; } = 2;

    /// <summary>Calls that may go on from one of the network's numbers at a time; one more is declined (603). 0: any.</summary>
    public int CallsPerSender { get; set; }

    /// <summary>How long a repeatability id is remembered.</summary>
    public TimeSpan RepeatFor { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The step of the retries of events. Call events are posted again after 1, 2, 4, 8 … steps; text events after
    /// 10, 30, 60, 300 and 600, which with the default of a second is Event Grid's schedule.
    /// </summary>
    public TimeSpan EventRetry { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long the receiver of an event may take to answer.</summary>
    public TimeSpan EventTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>With the habit <c>shuffled</c>: events due within this time are posted in another order.</summary>
    public TimeSpan ShuffleWithin { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>With the habit <c>late</c> of events: after how long they are posted.</summary>
    public TimeSpan EventsLateBy { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>With the habit <c>delayed</c> of answers: after how long what was asked for is done.</summary>
    public TimeSpan AnswersDelayedBy { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>With the habit <c>late</c>: after how long a pushed message is there.</summary>
    public TimeSpan PushLateBy { get; set; } = TimeSpan.FromSeconds(2);
}
