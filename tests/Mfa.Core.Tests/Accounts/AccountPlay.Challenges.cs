using System.Collections.Immutable;

namespace Mfa.Core.Tests;

internal sealed partial class AccountPlay
{
    private static readonly ContactMethod s_madeUp = Enrolling.Method("made-up", phone: Enrolling.Phone(8));

    // Tokens that browsers have or had, the latest last; and what proved once.
    private readonly List<(string Id, string Hash)> _tokens = [];
    private readonly List<string> _papers = ["none"];

    /// <summary>The token that takes the place of one that was shown.</summary>
    public static string NextToken(string hash) => $"{hash}+";

    // As the shell opens one: what needs no second step is satisfied, whom nobody may know of is made up, and the rest is asked.
    private void Ask()
    {
        var gate = _account.GateAt(policy, _now);
        var isDecoy = _move.Detail % 8 == 0 && gate != Gate.Ask;
        string? client = (_move.Which % 12) switch { 0 => null, 1 or 2 => "bank", _ => "shop" };
        if (!isDecoy && (gate is Gate.Blocked or Gate.EnrollmentRequired || (client is null && gate != Gate.Ask)))
        {
            refused($"gate {gate}");
            return;
        }

        var id = $"c{++_ids}";
        var request = Challenging.Request(id) with { Client = client, Browser = client is null ? null : new($"browser-{id}", $"token-{id}"), Remember = _move.Detail % 5 == 0, MadeUp = isDecoy ? MadeUp.User : MadeUp.Nothing };
        var (next, challenge, refusal) = Challenge.Begin(_account, request, policy, _now);
        if (challenge is null)
        {
            refused($"{refusal!.Fault}");
            return;
        }

        ShownToken? shown = null;
        if (!isDecoy && gate != Gate.Ask)
        {
            challenge = challenge.Satisfied(gate == Gate.Grace ? ProofKind.Grace : ProofKind.NotRequired, _now);
        }
        else if (client is not null && _tokens.Count > 0 && _move.Detail % 3 > 0)
        {
            var (browser, hash) = _tokens[_move.Detail % 2 == 0 ? _move.Which % _tokens.Count : ^1];
            shown = new(client, browser, hash);
            (next, var use) = next.Showing(client, browser, hash, NextToken(hash), now => now.TrimEnd('+') == hash.TrimEnd('+') && now.Length > hash.Length, policy, _now);
            if (use == BrowserUse.Accepted)
            {
                _tokens.Add((browser, NextToken(hash)));
                challenge = isDecoy ? challenge : challenge.Satisfied(ProofKind.RememberedBrowser, _now);
            }
        }

        var before = _account;
        _account = next;
        _holders.Add(challenge);
        each(new(_move, before, next, null, challenge, _now) { Shown = shown });
        if (challenge.End is null && _move.Detail % 4 > 0)
        {
            Contact(_holders.Count - 1);
        }
    }

    // The method that is asked for already, or any other; one that is gone stays as it is.
    private (Holder Holder, How? How) Prepared(Challenge challenge)
    {
        ContactMethod[] methods = challenge.IsDecoy ? [s_madeUp] : [.. _account.Methods];
        var method = challenge.MethodId is not null && _move.Detail % 3 > 0 ? methods.FirstOrDefault(m => m.Id == challenge.MethodId)
            : methods.Length > 0 ? methods[_move.Which % methods.Length] : null;
        if (method is null)
        {
            return (challenge, null);
        }

        var ways = Ways.Of(method.Kind, challenge.IsDecoy ? method.Phone : _account.NumberOf(method), method.Device is not null);
        var how = ways[_move.Detail / 3 % ways.Length];
        return (challenge.IsDecoy ? challenge.Asking(method, how, method.Phone, "decoys") : Contacting.Asking(challenge, _account, method, how), how);
    }

    private Replied Reply(Verification text)
    {
        var right = _move.What == AccountHappening.Right;
        var isCode = right || (text.MatchNumber is not null && _move.Detail % 5 == 0);
        return new(Event(), isCode ? TextCode(text) : "wrong", Play.Key, right ? $"{text.MatchNumber}" : _move.Detail % 2 == 0 ? "05" : null);
    }

    // The right one where there is one; a wrong one may have been right before, or of something that is gone.
    private CodeGiven Given(Challenge challenge)
    {
        var right = _move.What == AccountHappening.Right;
        var form = (_move.Detail % 13) switch { 0 or 1 => GivenForm.Recovery, 2 => GivenForm.Bypass, _ => GivenForm.Digits };
        var stale = _papers[_move.Which % _papers.Count];
        var apps = _account.Methods.Where(m => m.Kind == MethodKind.MobileApp).ToArray();
        var seeds = apps.ToImmutableDictionary(m => m.Id, m => Seed(m.SeedOf!));
        var digits = right && challenge.Verification is { How: How.Text } text && (_move.Detail % 2 == 0 || apps.Length == 0) ? TextCode(text)
            : right && apps.Length > 0 ? AppCode(Seed(apps[_move.Which % apps.Length].SeedOf!), _now.AddSeconds(30 * ((_move.Detail % 5) - 2)))
            : _move.Detail % 6 == 0 ? AppCode(Seed("gone"), _now) : "wrong";
        return new()
        {
            Form = form,
            Digits = form == GivenForm.Digits ? digits : null,
            RecoveryHash = form != GivenForm.Recovery ? null : right && _account.RecoveryCodes is { Hashes: [var one, ..] } ? one : stale,
            BypassHash = form != GivenForm.Bypass ? null : right && _account.Bypass is { } bypass ? bypass.Hash : stale,
            Key = Play.Key,
            Seeds = challenge.IsDecoy ? seeds.Clear().Add("decoy", Seed("decoy")) : seeds,
            Remember = _move.Detail % 4 < 2,
            CountsAnyway = challenge.IsDecoy || _move.Detail % 17 == 0,
        };
    }

    private void Noted(Holder before, Holder after)
    {
        if (before is Challenge { End: null } && after is Challenge { End: ChallengeState.Verified } verified)
        {
            if (verified.SpentHash is { } paper)
            {
                _papers.Add(paper);
            }

            if (verified is { Remember: true, Browser: { } browser })
            {
                _tokens.Add((browser.Id, browser.Hash));
            }
        }
    }
}
