using System.Text;

namespace Mfa.Core.Tests;

/// <summary>An account and all that it has opened, at a time that is set. It asks before it opens and contacts, as the shell does.</summary>
internal sealed partial class AccountPlay(AccountPolicy policy, Account account, DateTimeOffset now, Action<AccountStep> each, Action<string> refused)
{
    private static readonly VerificationPolicy s_number = new() { CallProof = CallProof.Number, ReplyProof = ReplyProof.Number };
    private static readonly VerificationPolicy s_usual = new();
    private readonly List<Holder> _holders = [];
    private Account _account = account;
    private DateTimeOffset _now = now;
    private AccountMove _move;
    private int _ids;

    /// <summary>The seed of an authenticator, by the enrollment that made it.</summary>
    public static Secret Seed(string enrollment) => Secret.From(Encoding.UTF8.GetBytes($"seed of {enrollment}"));

    public static string AppCode(Secret seed, DateTimeOffset at) => new OtpNet.Totp(seed.Bytes.ToArray()).ComputeTotp(at.UtcDateTime);

    public void Do(AccountMove move)
    {
        _now += move.After;
        _move = move;
        switch (move.What)
        {
            case AccountHappening.Open:
                Open();
                break;
            case AccountHappening.Ask:
                Ask();
                break;
            case >= AccountHappening.Block or AccountHappening.Reset:
                Change();
                break;
            case var _ when _holders.Count == 0:
                break;
            case AccountHappening.Contact or AccountHappening.Resend:
                Contact(Chosen());
                break;
            case AccountHappening.Activate:
                Activate();
                break;
            case AccountHappening.Cancel:
                Cancel(Chosen());
                break;
            case AccountHappening.Forget:
                var forgotten = _holders[Chosen()];
                _holders.Remove(forgotten);
                Take(forgotten.Forgotten(_account));
                break;
            default:
                Prove(Chosen());
                break;
        }
    }

    private DateTimeOffset? SecondStepAt => (_move.Detail % 10) switch { 0 => null, 1 => _now.AddMinutes(-11), _ => _now };

    // One that can be contacted, or that runs; now and then any, that has most likely ended.
    private int Chosen()
    {
        bool Fits(Holder h) => _move.What == AccountHappening.Contact ? h.IsOpenAt(_now) && !h.IsContacting : h is Challenge ? h.IsOpenAt(_now) : h.IsContacting;
        var fit = Enumerable.Range(0, _holders.Count).Where(i => _move.Detail % 9 > 0 && Fits(_holders[i])).ToArray();
        return fit.Length > 0 ? fit[_move.Which % fit.Length] : _move.Which % _holders.Count;
    }

    private void Open()
    {
        var app = _move.Kind == MethodKind.MobileApp;
        var phone = app ? null : _move.Kind == MethodKind.OfficePhone ? _account.OfficePhone : Enrolling.Phone(_move.Which % 4);
        var how = app ? _move.Detail % 2 == 0 ? How.Notification : How.Code : _move.Kind == MethodKind.OfficePhone || _move.Detail % 3 == 0 ? How.Call : How.Text;
        var request = new EnrollmentRequest(
            $"e{++_ids}", $"m{_ids}", _move.Kind, how, phone, phone is null ? null : Contacting.NumberKey(phone), "sealed", "session", "nl-NL", null);
        var (opened, enrollment, refusal) = Enrollment.Begin(_account, request, SecondStepAt, policy, _now);
        if (enrollment is null)
        {
            refused($"{refusal!.Fault}");
            return;
        }

        var earlier = _account.Latest.GetValueOrDefault(_move.Kind);
        Take(opened);
        _holders.Add(enrollment);
        // The older one is called off, unless the process died before.
        if (_move.Detail % 4 > 0 && _holders.FindIndex(h => h.Id == earlier) is >= 0 and var older)
        {
            Cancel(older);
        }
    }

    private void Contact(int i)
    {
        if (_holders[i].Verification?.WakeAt() <= _now)
        {
            Step(i, new Woke());
        }

        if (!_holders[i].IsOpenAt(_now))
        {
            return;
        }

        var (holder, chosen) = Prepared(_holders[i]);
        var running = holder.Verification is { IsFinal: false } v && holder.Asks == _holders[i].Asks ? v : null;
        var how = chosen ?? running?.How ?? holder.How;
        if (running?.How == how && _move.What == AccountHappening.Contact)
        {
            return;
        }

        if (holder.MayContact(_account, how, policy, _now) is { } refusal)
        {
            refused($"{refusal.Fault}");
        }
        else if (running?.How == how)
        {
            var again = Verification.Step(running, new ResendAsked(), _now);
            if (again.Answer == Answer.Taken)
            {
                Take(i, holder.Resent(again, _account, sends: true, _now, null));
            }
        }
        else
        {
            // A text to a number that wants none is no send.
            var (next, asked, _) = Contacting.Begin(holder, how, _account, _move.Detail % 11 > 0, policy, _move.Detail % 3 == 0 ? s_number : s_usual, _now);
            Take(i, (next, asked));
        }
    }

    private (Holder Holder, How? How) Prepared(Holder holder) => holder switch
    {
        Challenge challenge => Prepared(challenge),
        Enrollment enrollment => (
            _move.Detail % 2 == 0 ? enrollment : enrollment with { SecondStepAt = SecondStepAt },
            holder.Kind == MethodKind.AuthenticationPhone && _move.Detail % 7 == 0 ? How.Call : null),
        _ => (holder, null),
    };

    private void Cancel(int i)
    {
        var before = _holders[i];
        _holders[i] = before.CallOff(_now).Holder;
        each(new(_move, _account, _account, before, _holders[i], _now));
    }

    // A code or a key, right or wrong or of somebody who reports fraud; what does not fit the way is tried all the same.
    private void Prove(int i)
    {
        switch (_holders[i])
        {
            case { Verification: { How: How.Notification, IsFinal: false } asked } holder when holder is Enrollment || _move.Detail % 5 > 0:
                Decide(i, asked);
                break;
            case Challenge challenge when challenge.Verification is not { How: How.Call, IsFinal: false } || _move.Detail % 3 == 0:
                Step(i, challenge.Verification is { How: How.Text } text && _move.Detail % 4 == 0 ? Reply(text) : Given(challenge));
                break;
            case { Verification: { How: How.Call } call }:
                Press(i, call);
                break;
            case { Verification: { } v } holder:
                var key = v.How == How.Code ? Seed(holder.Id) : Play.Key;
                var right = v.How == How.Code ? AppCode(key, _now) : TextCode(v);
                Step(i, new CodeTyped(_move.What == AccountHappening.Right ? right : "wrong", key));
                break;
        }
    }

    private void Press(int i, Verification v)
    {
        Step(i, new CallConnected(Event(), v.Attempt, $"call-{v.Id}-{v.Attempt}"));
        var right = v.MatchNumber is { } number ? $"{number}#" : "#";
        foreach (var keys in _move.What switch { AccountHappening.Right => [right], AccountHappening.Fraud => new[] { "0#", "1" }, _ => [_move.Detail % 2 == 0 ? "5" : "05#"] })
        {
            if (_holders[i].Verification is { Call: { Id: { } call } line } now)
            {
                Step(i, new KeysHeard(Event(), now.Attempt, call, line.Prompt, keys));
            }
        }
    }

    private static string TextCode(Verification v) => VerificationCode.Derive(Play.Key, v.Id, Math.Max(1, v.Attempt)).Reveal();

    private string Event() => $"event-{++_ids}";

    private void Step(int i, VerificationEvent e)
    {
        var (before, holder) = (_account, _holders[i]);
        var taken = holder.Take(e, before, policy, _now);
        (_holders[i], _account) = (taken.Holder, taken.Account);
        if (taken.Refusal is { } refusal)
        {
            refused($"{refusal.Fault}");
        }

        Noted(holder, taken.Holder);
        each(new(_move, before, _account, holder, taken.Holder, _now) { Event = e, Answer = taken.Answer, Refusal = taken.Refusal });
    }

    private void Take(int i, (Holder Holder, Account Account) next)
    {
        var (before, holder) = (_account, _holders[i]);
        (_holders[i], _account) = next;
        each(new(_move, before, _account, holder, _holders[i], _now));
    }

    private void Take(Account next)
    {
        var before = _account;
        _account = next;
        each(new(_move, before, next, null, null, _now));
    }
}
