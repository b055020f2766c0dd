using Mfa.Core;

namespace Mfa.Web;

/// <summary>Reserves a text or a call with the number that gets it, before anything is sent.</summary>
public sealed class NumberReservation(NumberRows numbers, RowNames names, AccountPolicy policy)
{
    /// <summary>Reserves one send. A repeat under the same verification and send number is the same reservation.</summary>
    /// <param name="numberKey">The number's partition key.</param>
    /// <param name="send">The send.</param>
    /// <param name="reply">What a reply to it would look like; null for a call.</param>
    /// <param name="cancel">Cancels.</param>
    public async Task<Reserved> ReserveAsync(string numberKey, NumberSend send, OpenReply? reply, CancellationToken cancel)
    {
        var (answer, retryAt) = await numbers.ChangeAsync(
            numberKey,
            record =>
            {
                var (next, found, at) = record.Reserve(send, reply, policy);
                return (next, (found, at));
            },
            cancel);
        return new(answer == NumberAnswer.OptedOut, answer switch
        {
            NumberAnswer.Limit => Problem.Wait("number-limit", retryAt - send.At),
            NumberAnswer.TooSoon => Problem.Wait("too-soon", retryAt - send.At),
            _ => null,
        });
    }

    /// <summary>What a reply to a text would look like: its code, or the one before it.</summary>
    /// <param name="key">The code key.</param>
    /// <param name="phone">The number.</param>
    /// <param name="verificationId">The verification.</param>
    /// <param name="send">The number of the text in it.</param>
    /// <param name="until">When the verification ends.</param>
    public OpenReply ReplyTo(Secret key, PhoneNumber phone, string verificationId, int send, DateTimeOffset until)
    {
        int[] valid = send == 1 ? [1] : [send - 1, send];
        return new(verificationId, [.. valid.Select(n => names.CodeHash(phone, VerificationCode.Derive(key, verificationId, n).Reveal()))], until);
    }
}

/// <summary>What became of a reservation.</summary>
/// <param name="OptedOut">The number wants no texts.</param>
/// <param name="Refusal">A limit is reached.</param>
public readonly record struct Reserved(bool OptedOut, Problem? Refusal);
