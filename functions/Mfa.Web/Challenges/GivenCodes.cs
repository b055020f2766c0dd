using System.Collections.Immutable;
using Mfa.Core;

namespace Mfa.Web;

/// <summary>Reads a code that was given, and all that it may be compared with.</summary>
public sealed class GivenCodes(SecretColumns secrets, SlowHash slow, ChallengeMethods methods, Decoys decoys, RowNames names, AccountPolicy policy, TimeProvider time)
{
    private const int CodeAtMost = 64;

    /// <summary>What was given: the form, and the code without what people put between.</summary>
    public sealed record Read(GivenForm Form, string Code)
    {
        /// <summary>Prints no code.</summary>
        public override string ToString() => nameof(Read);
    }

    /// <summary>Reads <c>code</c>.</summary>
    /// <exception cref="BadRequestException">It is missing or has the form of none, or another field was wrong.</exception>
    public static Read Of(Fields fields)
    {
        var read = Find(fields);
        fields.ThrowOnFaults();
        return read!;
    }

    /// <summary>The same, for whoever reads more; null where it is missing or has the form of none, which is noted as a fault.</summary>
    public static Read? Find(Fields fields)
    {
        var typed = fields.RequiredText("code", CodeAtMost);
        Read? read = VerificationCode.Normalize(typed) is { } digits ? new(GivenForm.Digits, digits)
            : PaperCode.Normalize(typed, RecoveryCodes.Length) is { } recovery ? new(GivenForm.Recovery, recovery)
            : PaperCode.Normalize(typed, Bypass.Length) is { } bypass ? new(GivenForm.Bypass, bypass)
            : null;
        if (read is null)
        {
            fields.Fault("code", "is neither six digits, nor a recovery code, nor an admin's code");
        }

        return read;
    }

    /// <summary>What a code is recognised by when its request comes again.</summary>
    public string Hash(Read read) => names.Hash("given-code", read.Form.ToString(), read.Code);

    /// <summary>The code as an event of a challenge.</summary>
    public CodeGiven Event(StoredHolder stored, Read read, bool remember, bool isBlind)
    {
        var (account, challenge) = (stored.Account, stored.Challenge());
        // The hash is dear: it is made only of what may be judged, so that nobody can have it made as often as they like.
        var judged = challenge.WrongCodes < policy.ChallengeWrongCodes && (challenge.IsOpenAt(time.GetUtcNow()) || challenge.SpentHash is not null);
        string? Hash(string code, HashForm? form) => judged && (isBlind || form is not null) ? slow.Of(code, form ?? decoys.Form(account.Key)) : null;
        return new()
        {
            Form = read.Form,
            Digits = read.Form == GivenForm.Digits ? read.Code : null,
            RecoveryHash = read.Form == GivenForm.Recovery ? Hash(read.Code, challenge.SpentForm ?? account.RecoveryCodes?.Form) : null,
            BypassHash = read.Form == GivenForm.Bypass ? Hash(read.Code, challenge.SpentForm ?? account.Bypass?.Form) : null,
            Key = secrets.Open(challenge),
            Seeds = challenge.MadeUp != MadeUp.Nothing
                ? methods.Of(account, challenge.MadeUp).Where(m => m.Method.Kind == MethodKind.MobileApp).ToImmutableDictionary(m => "decoy-" + m.Method.Id, _ => decoys.Seed(account.Key))
                : account.Methods.Where(m => m is { Kind: MethodKind.MobileApp, SealedSeed: not null }).ToImmutableDictionary(m => m.Id, secrets.OpenSeed),
            Remember = remember,
            CountsAnyway = isBlind,
        };
    }
}
