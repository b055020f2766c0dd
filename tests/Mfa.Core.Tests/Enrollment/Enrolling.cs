namespace Mfa.Core.Tests;

/// <summary>An account and the enrollment that it is busy with, at a time that is set.</summary>
internal sealed class Enrolling(Account? account = null)
{
    public static readonly AccountPolicy Policy = new();
    private int _ids;

    public DateTimeOffset Now { get; private set; } = Play.Noon;

    public Account Account { get; set; } = account ?? new Account { Key = "a", Tenant = "contoso", User = "alice" };

    public Enrollment? Current { get; set; }

    public static PhoneNumber Phone(int last = 1) => PhoneNumber.FromE164($"+3161234567{last}");

    public static ContactMethod Method(string id = "m", MethodKind kind = MethodKind.AuthenticationPhone, PhoneNumber? phone = null) =>
        new() { Id = id, Kind = kind, How = How.Text, Phone = phone, VerifiedAt = Play.Noon };

    public Enrolling Wait(TimeSpan time)
    {
        Now += time;
        return this;
    }

    /// <summary>Opens an enrollment.</summary>
    public AccountRefusal? Begin(MethodKind kind = MethodKind.AuthenticationPhone, How how = How.Text, int number = 1, DateTimeOffset? secondStepAt = null)
    {
        var phone = kind == MethodKind.MobileApp ? null : Phone(number);
        var request = new EnrollmentRequest($"e{++_ids}", $"m{_ids}", kind, how, phone, phone is null ? null : $"number-{number}", "sealed", "session", "nl-NL", null);
        var (opened, enrollment, refusal) = Enrollment.Begin(Account, request, secondStepAt, Policy, Now);
        (Account, Current) = (opened, enrollment ?? Current);
        return refusal;
    }

    public AccountRefusal? MayContact(How how = How.Text) => Current!.MayContact(Account, how, Policy, Now);

    /// <summary>"Contact me", whatever was answered to whether one may.</summary>
    public void Contact(How how = How.Text, string? contactKey = null) =>
        Take(Current!.Contacted(
            Verification.Start(Current.NextVerificationId, how, Play.Key, new VerificationPolicy(), Now), Account, how != How.Code, Policy, Now, contactKey));

    public void Resend()
    {
        var stepped = Verification.Step(Current!.Verification!, new ResendAsked(), Now);
        Take(Current.Resent(stepped, Account, sends: true, Now, null));
    }

    public Answer Step(VerificationEvent e)
    {
        var stepped = Verification.Step(Current!.Verification!, e, Now);
        Take(Current.Advance(stepped, Account, Policy, Now));
        return stepped.Answer;
    }

    private void Take((Holder Holder, Account Account) next) => (Current, Account) = ((Enrollment)next.Holder, next.Account);

    /// <summary>The right code of the latest text.</summary>
    public Answer Prove()
    {
        var v = Current!.Verification!;
        return Step(new CodeTyped(VerificationCode.Derive(Play.Key, v.Id, v.Attempt).Reveal(), Play.Key));
    }

    public Answer Fail() => Step(new CodeTyped("wrong", Play.Key));

    /// <summary>A call of this verification that ends in this.</summary>
    public void CallAndPress(params string[] keys)
    {
        var attempt = Current!.Verification!.Attempt;
        Step(new CallConnected($"connected-{attempt}", attempt, "call"));
        for (var i = 0; i < keys.Length; i++)
        {
            Step(new KeysHeard($"keys-{i}", attempt, "call", i + 1, keys[i]));
        }
    }
}
