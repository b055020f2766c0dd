using Mfa.Core;

namespace Mfa.Web;

/// <summary>Reserves a text or a call with the number that gets it, before anything is sent.</summary>
public sealed class NumberReservation(NumberRows numbers, RowNames names, SecretColumns secrets, MfaSettings settings)
{
    /// <summary>Reserves one send. A repeat under the same verification and send number is the same reservation.</summary>
    /// <param name="stored">The enrollment.</param>
    /// <param name="how">The way; an authenticator's code needs no number.</param>
    /// <param name="verificationId">The verification.</param>
    /// <param name="send">The number of the send in it.</param>
    /// <param name="until">When the verification ends.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<Reserved> ReserveAsync(StoredEnrollment stored, How how, string verificationId, int send, DateTimeOffset until, DateTimeOffset now, CancellationToken cancel)
    {
        var e = stored.Enrollment;
        if (how == How.Code)
        {
            return default;
        }

        var wanted = new NumberSend($"{verificationId}/{send}", stored.Account.Key, now, e.IsProvedBy(stored.Account));
        var reply = how == How.Text ? Reply(e, verificationId, send, until) : null;
        var (answer, retryAt) = await numbers.ChangeAsync(
            e.NumberKey!,
            record =>
            {
                var (next, found, at) = record.Reserve(wanted, reply, settings.Accounts);
                return (next, (found, at));
            },
            cancel);
        return new(
            answer == NumberAnswer.OptedOut,
            answer == NumberAnswer.Limit ? EnrollmentProblems.Wait("number-limit", "This number got too many texts and calls. Wait.", retryAt - now) : null);
    }

    private OpenReply Reply(Core.Enrollment e, string verificationId, int send, DateTimeOffset until)
    {
        var key = secrets.Open(e);
        var valid = send == 1 ? [1] : new[] { send - 1, send };
        return new(verificationId, [.. valid.Select(n => names.CodeHash(e.Phone!, VerificationCode.Derive(key, verificationId, n).Reveal()))], until);
    }
}

/// <summary>What became of a reservation.</summary>
/// <param name="OptedOut">The number wants no texts.</param>
/// <param name="Refusal">The limit is reached.</param>
public readonly record struct Reserved(bool OptedOut, Problem? Refusal);
