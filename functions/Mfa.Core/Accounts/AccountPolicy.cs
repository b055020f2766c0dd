namespace Mfa.Core;

/// <summary>The limits of an account, and of the numbers that it sends to.</summary>
public sealed record AccountPolicy
{
    /// <summary>The most sends of a day that a number's row has room for.</summary>
    public const int NumberSendsKept = 100;

    /// <summary>The most notifications that a device's inbox has room for.</summary>
    public const int NotificationsKept = 10;

    /// <summary>The life of an enrollment, renewed by each verification in it.</summary>
    public TimeSpan EnrollmentLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How old the second step of a sensitive change may be.</summary>
    public TimeSpan SecondStepWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>From asking for a second step at sign-in to its end; a code that was sent late has its own life.</summary>
    public TimeSpan ChallengeLifetime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a relying party's assertion counts after the second step.</summary>
    public TimeSpan AssertionLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Wrong codes that end a challenge, whatever they were meant for.</summary>
    public int ChallengeWrongCodes { get; init; } = 5;

    /// <summary>How often an account may be asked for a second step in a day, by all relying parties: each costs rows.</summary>
    public int ChallengesADay { get; init; } = 200;

    /// <summary>Whether a user of whom nothing is known needs no second step. Then whoever can spell a name in two ways has a second one without.</summary>
    public bool UnknownUsersPass { get; init; }

    /// <summary>Second steps that an account's own settings page may ask for in a day.</summary>
    public int OwnChallengesADay { get; init; } = 50;

    /// <summary>Whether a browser may be remembered.</summary>
    public bool RememberBrowsers { get; init; }

    /// <summary>How long a browser is remembered.</summary>
    public TimeSpan RememberFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How many browsers an account has remembered at most: the one not used for longest goes first.</summary>
    public int BrowsersAtMost { get; init; } = 10;

    /// <summary>Within what time two uses of a browser's token are one: two tabs that open at once.</summary>
    public TimeSpan BrowserOnceWithin { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>New numbers that an account may try in a day.</summary>
    public int NewNumbersADay { get; init; } = 3;

    /// <summary>What an account may open in a day, of every kind: each costs rows.</summary>
    public int OpensADay { get; init; } = 30;

    /// <summary>How often an account may press "Contact me" in a day, of every kind.</summary>
    public int ContactsADay { get; init; } = 60;

    /// <summary>Texts and calls that an account asks for in a day; nothing gives them back.</summary>
    public int SendsADay { get; init; } = 20;

    /// <summary>Those of them that go to numbers which it hasn't proved.</summary>
    public int UnprovedSendsADay { get; init; } = 10;

    /// <summary>Texts and calls to one number in an hour, by all accounts that haven't proved it (strangers).</summary>
    public int NumberSendsAnHour { get; init; } = 5;

    /// <summary>The same in a day.</summary>
    public int NumberSendsADay { get; init; } = 10;

    /// <summary>How many of the strangers' in an hour may be one account's: no single one uses them up.</summary>
    public int StrangerSendsAnHour { get; init; } = 3;

    /// <summary>The same in a day.</summary>
    public int StrangerSendsADay { get; init; } = 6;

    /// <summary>Texts and calls of one account to one number in a day; nothing gives them back.</summary>
    public int NumberSendsOfAccountADay { get; init; } = 10;

    /// <summary>Texts and calls to one number in a day by everybody, owners too; nothing gives them back. At most <see cref="NumberSendsKept"/>.</summary>
    public int NumberSendsOfAllADay { get; init; } = NumberSendsKept;

    /// <summary>The shortest time between two texts or calls that an account asks for to one number: whatever the way, unless it has proved the number; none after one that was answered.</summary>
    public TimeSpan SendAgainAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Texts and calls to one number in an hour, by an account that has proved it.</summary>
    public int OwnerSendsAnHour { get; init; } = 10;

    /// <summary>Wrong codes in a row before the waits begin.</summary>
    public int FailuresBeforeWait { get; init; } = 10;

    /// <summary>The first wait; each failure doubles it.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest wait.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Wrong codes in a row that lock the method until it is set up anew.</summary>
    public int FailuresBeforeLock { get; init; } = 100;

    /// <summary>How long a method rests after a fraud report.</summary>
    public TimeSpan FraudPause { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Wrong activation codes that end an enrollment.</summary>
    public int ActivationCodes { get; init; } = 5;

    /// <summary>Notifications that nobody has agreed to, before no more are sent for a while. At most <see cref="NotificationsKept"/>.</summary>
    public int NotificationsUnanswered { get; init; } = 3;

    /// <summary>How long a notification counts that nobody has agreed to.</summary>
    public TimeSpan NotificationsWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Whether a device asks its user for a PIN, set when it is activated.</summary>
    public bool PinRequired { get; init; }

    /// <summary>The fewest digits of a PIN; the most are 16.</summary>
    public int PinLength { get; init; } = 4;

    /// <summary>Wrong PINs in a row that lock a device.</summary>
    public int WrongPins { get; init; } = 5;

    /// <summary>Whether a fraud report that a device signed blocks the account: whoever signs in has the password.</summary>
    public bool FraudBlocks { get; init; } = true;

    /// <summary>Whether users may make app passwords, for programs that can't do two steps.</summary>
    public bool AppPasswords { get; init; }

    /// <summary>The app passwords that an account may have. At most <see cref="AppPasswordsKept"/>.</summary>
    public int AppPasswordsAtMost { get; init; } = 40;

    /// <summary>The most that an account's row has room for, beside the rest.</summary>
    public const int AppPasswordsKept = 50;

    /// <summary>Different wrong app passwords that one relying party may show for an account in an hour.</summary>
    public int WrongAppPasswordsAnHour { get; init; } = 100;

    /// <summary>Different wrong app passwords that all relying parties may show for an account in a day.</summary>
    public int WrongAppPasswordsADay { get; init; } = 300;

    /// <summary>How long an Idempotency-Key is remembered.</summary>
    public TimeSpan RepeatWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long what has ended is kept, with its verification.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long what happened to an account can be read.</summary>
    public TimeSpan KeepAuditFor { get; init; } = TimeSpan.FromDays(90);

    /// <summary>How long a telephone number is known after its last use.</summary>
    public TimeSpan KeepNumbersFor { get; init; } = TimeSpan.FromDays(30);
}
