namespace Mfa.Core.Tests;

/// <summary>An account and all that it has opened, at a time that is set. It asks before it opens and contacts, as the shell does.</summary>
internal sealed class AccountPlay(AccountPolicy policy, DateTimeOffset now, Action<AccountStep> each, Action<AccountFault> refused)
{
    private readonly List<Enrollment> _holders = [];
    private Account _account = new() { Key = "a", Tenant = "contoso", User = "alice" };
    private DateTimeOffset _now = now;
    private AccountMove _move;
    private int _ids;

    public void Do(AccountMove move)
    {
        _now += move.After;
        _move = move;
        switch (move.What)
        {
            case AccountHappening.Open:
                Open();
                break;
            case AccountHappening.Reset:
                Take(_account with { Epoch = _account.Epoch + 1, Methods = [], Preferred = null });
                break;
            case var _ when _holders.Count == 0:
                break;
            case AccountHappening.Contact or AccountHappening.Resend:
                Contact(Chosen());
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
        bool Fits(Enrollment e) => _move.What == AccountHappening.Contact ? e.IsOpenAt(_now) && !e.IsContacting : e.IsContacting;
        var fit = Enumerable.Range(0, _holders.Count).Where(i => _move.Detail % 9 > 0 && Fits(_holders[i])).ToArray();
        return fit.Length > 0 ? fit[_move.Which % fit.Length] : _move.Which % _holders.Count;
    }

    private void Open()
    {
        var app = _move.Kind == MethodKind.MobileApp;
        var number = _move.Which % 4;
        var how = app ? How.Code : _move.Kind == MethodKind.OfficePhone || _move.Detail % 3 == 0 ? How.Call : How.Text;
        var request = new EnrollmentRequest(
            $"e{++_ids}", $"m{_ids}", _move.Kind, how, app ? null : Enrolling.Phone(number), app ? null : $"number-{number}",
            "sealed", "session", "nl-NL", null);
        var (opened, enrollment, refusal) = Enrollment.Begin(_account, request, SecondStepAt, policy, _now);
        if (enrollment is null)
        {
            refused(refusal!.Fault);
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

        var holder = _move.Detail % 2 == 0 ? _holders[i] : _holders[i] with { SecondStepAt = SecondStepAt };
        var running = holder.Verification is { IsFinal: false } v ? v : null;
        var how = holder.Kind == MethodKind.AuthenticationPhone && _move.Detail % 7 == 0 ? How.Call : running?.How ?? holder.How;
        if (running?.How == how && _move.What == AccountHappening.Contact)
        {
            return;
        }

        if (holder.MayContact(_account, how, policy, _now) is { } refusal)
        {
            refused(refusal.Fault);
        }
        else if (running?.How == how)
        {
            var again = Verification.Step(running, new ResendAsked(), _now);
            if (again.Answer == Answer.Taken)
            {
                Take(i, holder.Resent(again, _account, sends: true, _now, null), again.Answer);
            }
        }
        else
        {
            var last = running is null ? holder.Verification : Verification.Step(running, new CancelAsked(), _now).Next;
            var started = Verification.Start(holder.NextVerificationId, how, Play.Key, new VerificationPolicy(), _now, last);
            // A text to a number that wants none is no send.
            Take(i, holder.Contacted(started, _account, how != How.Code && _move.Detail % 11 > 0, policy, _now, null), started.Answer);
        }
    }

    private void Cancel(int i)
    {
        var before = _holders[i];
        _holders[i] = (Enrollment)before.CallOff(_now).Holder;
        each(new(_move, _account, _account, before, _holders[i], null, _now));
    }

    // A code or a key, right or wrong or of somebody who reports fraud; what does not fit the way is tried all the same.
    private void Prove(int i)
    {
        if (_holders[i].Verification is not { } v)
        {
            return;
        }

        if (v.How != How.Call)
        {
            var right = v.How == How.Code ? Play.AppCode(_now) : VerificationCode.Derive(Play.Key, v.Id, Math.Max(1, v.Attempt)).Reveal();
            Step(i, new CodeTyped(_move.What == AccountHappening.Right ? right : "wrong", Play.Key));
            return;
        }

        Step(i, new CallConnected(Event(), v.Attempt, $"call-{v.Id}-{v.Attempt}"));
        foreach (var keys in _move.What switch { AccountHappening.Right => ["#"], AccountHappening.Fraud => new[] { "0#", "1" }, _ => ["5"] })
        {
            if (_holders[i].Verification is { Call: { Id: { } call } line } now)
            {
                Step(i, new KeysHeard(Event(), now.Attempt, call, line.Prompt, keys));
            }
        }
    }

    private string Event() => $"event-{++_ids}";

    private void Step(int i, VerificationEvent e)
    {
        var stepped = Verification.Step(_holders[i].Verification!, e, _now);
        Take(i, _holders[i].Advance(stepped, _account, policy, _now), stepped.Answer);
    }

    private void Take(int i, (Holder Holder, Account Account) next, Answer answer)
    {
        var (before, holder) = (_account, _holders[i]);
        (_holders[i], _account) = ((Enrollment)next.Holder, next.Account);
        each(new(_move, before, _account, holder, _holders[i], answer, _now));
    }

    private void Take(Account next)
    {
        var before = _account;
        _account = next;
        each(new(_move, before, next, null, null, null, _now));
    }
}
