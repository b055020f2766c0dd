using System.Collections.Immutable;
using Xunit;

namespace Mfa.Core.Tests;

/// <summary>An account with a method of every kind and a challenge of it, at a time that is set.</summary>
internal sealed class Challenging
{
    public static readonly AccountPolicy Policy = new() { RememberBrowsers = true };
    public static readonly Secret Seed = Secret.From("a seed of an app"u8);
    private int _ids;

    public Challenging(ChallengeRequest? request = null, Account? account = null)
    {
        Account = account ?? Alice();
        Begin(request);
    }

    public DateTimeOffset Now { get; private set; } = Play.Noon;

    public Account Account { get; set; }

    public Challenge Current { get; set; } = null!;

    /// <summary>What the last event made of them.</summary>
    public Taken Last { get; private set; }

    public Verification V => Current.Verification!;

    public static ChallengeRequest Request(string id = "c") =>
        new() { Id = id, Client = "shop", Application = "Shop", SealedSecret = "sealed", Culture = "nl-NL", Browser = new("browser", "token") };

    /// <summary>An account that has it all: phone, app, office phone, recovery codes r1 and r2, and a bypass b.</summary>
    public static Account Alice() => new()
    {
        Key = "a",
        Tenant = "contoso",
        User = "alice",
        Required = true,
        OfficePhone = Enrolling.Phone(9),
        Methods =
        [
            Enrolling.Method("phone", phone: Enrolling.Phone()),
            Enrolling.Method("app", MethodKind.MobileApp) with { How = How.Code, SealedSeed = "sealed", SeedOf = "e" },
            Enrolling.Method("office", MethodKind.OfficePhone, Enrolling.Phone(9)) with { How = How.Call },
        ],
        RecoveryCodes = new() { Form = new("salt", 1), Hashes = ["r1", "r2"], CreatedAt = Play.Noon },
        Bypass = new() { Form = new("salt", 1), Hash = "b", CreatedAt = Play.Noon, ExpiresAt = Play.Noon.AddMinutes(10), UsesLeft = 1 },
    };

    public static Challenging Texted(VerificationPolicy? rules = null) => new Challenging().Contact("phone", How.Text, rules);

    /// <summary>A call that somebody answered.</summary>
    public static Challenging Called(VerificationPolicy? rules = null)
    {
        var c = new Challenging().Contact("phone", How.Call, rules);
        c.Connects();
        return c;
    }

    public AccountRefusal? Begin(ChallengeRequest? request = null)
    {
        var (account, challenge, refusal) = Challenge.Begin(Account, request ?? Request(), Policy, Now);
        (Account, Current) = (account, challenge ?? Current);
        return refusal;
    }

    public Challenging Wait(TimeSpan time)
    {
        Now += time;
        return this;
    }

    public Challenging Wait(double seconds) => Wait(TimeSpan.FromSeconds(seconds));

    public AccountRefusal? MayContact(string methodId, How how) =>
        Contacting.Asking(Current, Account, Account.Method(methodId)!, how).MayContact(Account, how, Policy, Now);

    /// <summary>"Contact me", whatever was answered to whether one may.</summary>
    public Challenging Contact(string methodId, How how, VerificationPolicy? rules = null)
    {
        var asking = Contacting.Asking(Current, Account, Account.Method(methodId)!, how);
        var (holder, account, _) = Contacting.Begin(asking, how, Account, sends: true, Policy, rules ?? new(), Now);
        (Current, Account) = ((Challenge)holder, account);
        return this;
    }

    public Answer Take(VerificationEvent e)
    {
        Last = Current.Take(e, Account, Policy, Now);
        (Current, Account) = ((Challenge)Last.Holder, Last.Account);
        return Last.Answer;
    }

    /// <summary>Six digits, compared with the text and the account's authenticators, as the shell gives them.</summary>
    public Answer Give(string digits, bool remember = false, bool countsAnyway = false) =>
        Take(Given(GivenForm.Digits) with { Digits = digits, Remember = remember, CountsAnyway = countsAnyway });

    public Answer GiveRecovery(string hash, bool remember = false, bool countsAnyway = false) =>
        Take(Given(GivenForm.Recovery) with { RecoveryHash = hash, Remember = remember, CountsAnyway = countsAnyway });

    public Answer GiveBypass(string hash) => Take(Given(GivenForm.Bypass) with { BypassHash = hash });

    /// <summary>The code of a text of the running verification.</summary>
    public string Code(int send = 1) => VerificationCode.Derive(Play.Key, V.Id, send).Reveal();

    /// <summary>What the app shows.</summary>
    public string AppCode(int later = 0) => new OtpNet.Totp(Seed.Bytes.ToArray()).ComputeTotp(Now.AddSeconds(30 * later).UtcDateTime);

    public Answer Replies(string code, string? digits = null) => Take(new Replied(Event(), code, Play.Key, digits));

    public Answer Connects() => Take(new CallConnected(Event(), V.Attempt, $"call-{V.Id}"));

    public Answer Press(string keys) => Take(new KeysHeard(Event(), V.Attempt, V.Call!.Id!, V.Call.Prompt, keys));

    /// <summary>Asserts where it stands.</summary>
    public Challenging Is(ChallengeState state, ProofKind? by = null, How? how = null, Reason? reason = null, AccountFault? fault = null)
    {
        Assert.Equal((state, by, how, reason, fault), (Current.StateAt(Now), Current.By, Current.ProvedHow, Current.Reason, Current.Fault));
        return this;
    }

    /// <summary>How many wrong codes in a row are counted of the text's kind, and of the app's.</summary>
    public (int Phone, int App) Counted => (CountOf(MethodKind.AuthenticationPhone), CountOf(MethodKind.MobileApp));

    public Challenging Counting(MethodKind kind, int wrong)
    {
        Account = Account with { WrongCodes = Account.WrongCodes.SetItem(kind, new(wrong, Now)) };
        return this;
    }

    private int CountOf(MethodKind kind) => Account.WrongCodes.GetValueOrDefault(kind)?.InARow ?? 0;

    private CodeGiven Given(GivenForm form) => new()
    {
        Form = form,
        Key = Play.Key,
        Seeds = Current.IsDecoy ? ImmutableDictionary<string, Secret>.Empty.Add("decoy", Secret.From("a decoy's"u8))
            : Account.Methods.Where(m => m.SealedSeed is not null).ToImmutableDictionary(m => m.Id, _ => Seed),
    };

    private string Event() => $"event-{++_ids}";
}
