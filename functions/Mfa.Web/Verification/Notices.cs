using System.Collections.Immutable;
using System.Security.Cryptography;
using Mfa.Core;
using Microsoft.Extensions.Logging;

namespace Mfa.Web;

/// <summary>A notice that is about to be saved, in the batch of what it tells of.</summary>
/// <param name="Holder">It.</param>
/// <param name="Effects">What is to be done once it is saved.</param>
public sealed record PreparedNotice(Holder Holder, ImmutableArray<PendingEffect> Effects);

/// <summary>Tells users of changes of their methods, on another phone that they proved (NIST SP 800-63B-4 section 4.1.2.1).</summary>
public sealed class Notices(
    NumberReservation reservation, IVerificationClock clock, RowNames names, SecretColumns secrets, CarrierSettings carrier, VerificationPolicy policy, ILogger<Notices> log)
{
    private const int KeyBytes = 32;

    /// <summary>An id for a notice to an account.</summary>
    public static string NewId(string accountKey) => RowNames.NewId(accountKey, NoticeKind.Rows.Mark);

    /// <summary>The notice of a change; null where nobody is told. Its clock is started: whatever happens after the save, it goes out.</summary>
    /// <param name="id">Its id: the same at each try, so that it is reserved once.</param>
    /// <param name="entries">What happens.</param>
    /// <param name="before">The account before it.</param>
    /// <param name="after">The account after it.</param>
    /// <param name="now">The time.</param>
    public async Task<PreparedNotice?> PrepareAsync(string id, IReadOnlyCollection<AuditEntry> entries, Account before, Account after, DateTimeOffset now)
    {
        if (!carrier.HasPhones || Notice.Of(entries, before) is not var (what, to))
        {
            return null;
        }

        var number = names.NumberKey(to);
        // No way of its own: neither does it wait for a text that was just sent, nor does a sign-in wait for it.
        var reserved = await reservation.ReserveAsync(number, new($"{id}-1/1", after.Key, now, Proved: true), null, CancellationToken.None);
        if (reserved.OptedOut || reserved.Refusal is not null)
        {
            log.LogWarning("A notice was not sent: its number {Why}", reserved.OptedOut ? "wants no texts" : "got too many");
            return null;
        }

        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var notice = new Notice
        {
            Id = id,
            What = what,
            Version = 1,
            Epoch = after.Epoch,
            Kind = MethodKind.AuthenticationPhone,
            How = How.Text,
            Phone = to,
            NumberKey = number,
            SealedSecret = secrets.Seal(id, key),
            Culture = after.Culture ?? before.Culture ?? "en",
            CreatedAt = now,
            ExpiresAt = now,
            Contacts = 1,
        };
        var started = Core.Verification.Start($"{id}-1", How.Text, Secret.From(key), policy, now, numberKey: number);
        await clock.StartAsync(started.Next.Id, started.Next.ClockAt()!.Value, CancellationToken.None);
        return new(notice with { Verification = started.Next }, started.Effects);
    }
}
