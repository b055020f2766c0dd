using System.Text.Json.Serialization;

namespace Mfa.Core;

public partial record Holder
{
    /// <summary>How many Idempotency-Keys of contacts one remembers, and so takes.</summary>
    public const int ContactKeysAtMost = 64;

    /// <summary>Why "Contact me" is refused; null when it may go on.</summary>
    /// <param name="account">The account.</param>
    /// <param name="how">The way that is asked for.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    public virtual AccountRefusal? MayContact(Account account, How how, AccountPolicy policy, DateTimeOffset now) =>
        MayGoOn(account, policy, now) is { } fault ? new(fault)
            : MayProve(account, policy, now)
                ?? (how == How.Notification && Devices(account) is { IsEmpty: false } devices && devices.Values.All(d => d.IsLocked(policy)) ? new AccountRefusal(AccountFault.DeviceLocked) : null)
                ?? account.MayContact(how, Owns(account), policy, now);

    /// <summary>What it asks its user by: of a verification that asks by something else, nothing goes on.</summary>
    [JsonIgnore]
    public (MethodKind Kind, string? NumberKey) Asks => (Kind, NumberKey);

    /// <summary>Whether this way has to be begun by a contact; where not, the code that the user has says it all.</summary>
    public virtual bool NeedsContact(How how) => true;

    /// <summary>Whether its number is the account's own: one that it has proved, or that the company's directory has for it. Others can't use that up.</summary>
    public virtual bool Owns(Account account) => account.HasProved(Phone) || (Kind == MethodKind.OfficePhone && Phone == account.OfficePhone);

    /// <summary>The id that the next verification gets: a repeat after a crash makes the same one.</summary>
    [JsonIgnore]
    public string NextVerificationId => $"{Id}-{Contacts + 1}";

    /// <summary>It with a new verification, which takes over what the last one has still to do, and the account that asked for it.</summary>
    /// <param name="started">The first step of the verification.</param>
    /// <param name="account">The account.</param>
    /// <param name="sends">Whether a text or a call goes out.</param>
    /// <param name="policy">The limits.</param>
    /// <param name="now">The time.</param>
    /// <param name="contactKey">The hashed Idempotency-Key of the request.</param>
    public (Holder Holder, Account Account) Contacted(Stepped started, Account account, bool sends, AccountPolicy policy, DateTimeOffset now, string? contactKey)
    {
        var asked = account.Contacted(now);
        return (Renewed(policy, now).Knowing(contactKey) with { Contacts = Contacts + 1, Verification = started.Next }, sends ? asked.Sent(Owns(account), now) : asked);
    }

    /// <summary>It after another text of its verification was asked for, and the account that asked.</summary>
    public (Holder Holder, Account Account) Resent(Stepped resent, Account account, bool sends, DateTimeOffset now, string? contactKey) =>
        (Knowing(contactKey) with { Verification = resent.Next }, sends ? account.Sent(Owns(account), now) : account);

    /// <summary>It, knowing the Idempotency-Key of a contact.</summary>
    public Holder Knowing(string? contactKey) => contactKey is null ? this : this with { ContactKeys = ContactKeys.Add(contactKey) };

    /// <summary>Why no proof of it is judged now; null when one is.</summary>
    protected virtual AccountRefusal? MayProve(Account account, AccountPolicy policy, DateTimeOffset now) => account.MayProve(Kind, policy, now);

    /// <summary>Why it can't go on with this account: neither be contacted nor verified; null when it can.</summary>
    protected virtual AccountFault? MayGoOn(Account account, AccountPolicy policy, DateTimeOffset now) =>
        account.Epoch != Epoch ? AccountFault.AccountReset : null;

    /// <summary>It, when a contact gives it more time.</summary>
    protected virtual Holder Renewed(AccountPolicy policy, DateTimeOffset now) => this;
}
