using Microsoft.Extensions.Logging;

namespace Mfa.Client;

/// <summary>
/// Asks for the second step of a sign-in, and checks its assertion. Refusals are values; <see cref="MfaAwayException"/> is an outage.
/// Whatever is sent again because an answer was lost is known by the service as the same request: nobody gets two texts.
/// </summary>
public sealed class MfaClient : IDisposable
{
    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan s_awayPause = TimeSpan.FromSeconds(2);

    private readonly MfaClientOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<MfaClient> _log;
    private readonly TokenSource _tokens;
    private readonly Sender _sender;
    private readonly PublishedKeys _keys;
    private readonly SignedAssertions _assertions;

    public MfaClient(IHttpClientFactory http, MfaClientOptions options, TimeProvider time, ILogger<MfaClient> log)
    {
        (_options, _time, _log) = (options, time, log);
        _tokens = new(http, options, time);
        _sender = new(http, options, _tokens, time);
        _keys = new(http, options, time, log);
        _assertions = new(_keys);
    }

    /// <summary>Asks for a user's second step. The preferred method is contacted at once.</summary>
    /// <exception cref="MfaAwayException">The service is away, and the options don't say that this lets in.</exception>
    public async Task<ChallengeAnswer> ChallengeAsync(ChallengeRequest request, CancellationToken cancel = default)
    {
        var ask = new Ask(HttpMethod.Post, "challenges", new ChallengeBody(_options.Tenant, request), request.IdempotencyKey ?? NewKey());
        try
        {
            return (await _sender.SendAsync(ask, cancel)).Challenge;
        }
        catch (MfaAwayException away) when (_options.WhenAway == WhenAway.FailOpen)
        {
            // A service that is well and gives no answer to this one request is not away: whoever signs in may have made it so.
            if (await _sender.IsWellAsync(cancel))
            {
                throw;
            }

            _log.LogWarning(away, "The second-step service is away: a sign-in is let in by its password alone");
            return new() { LetInUnverified = true };
        }
    }

    /// <summary>Where a challenge stands.</summary>
    public Task<ChallengeAnswer> ReadAsync(string id, CancellationToken cancel = default) => AskAsync(new(HttpMethod.Get, Path(id)), cancel);

    /// <summary>Waits until a challenge is over, and says how; after <paramref name="atMost"/>, where it stands.</summary>
    /// <param name="challenge">As it was last seen.</param>
    /// <param name="atMost">How long; to its end where null.</param>
    /// <param name="cancel">Ends the wait.</param>
    public async Task<ChallengeAnswer> WaitAsync(Challenge challenge, TimeSpan? atMost = null, CancellationToken cancel = default)
    {
        var until = _time.GetUtcNow() + atMost;
        while (!challenge.IsOver)
        {
            var wait = until is { } end && end - _time.GetUtcNow() < s_wait ? end - _time.GetUtcNow() : s_wait;
            if (wait <= TimeSpan.Zero)
            {
                break;
            }

            wait = TimeSpan.FromSeconds(Math.Ceiling(wait.TotalSeconds));
            try
            {
                var answer = await AskAsync(new(HttpMethod.Get, $"{Path(challenge.Id)}?wait={wait.TotalSeconds:0}&seen={challenge.Version}") { Waits = wait }, cancel);
                if (answer.Challenge is null)
                {
                    return answer;
                }

                challenge = answer.Challenge;
            }
            catch (MfaAwayException) when (_time.GetUtcNow() < challenge.ExpiresAt)
            {
                // The user may be at the phone meanwhile: what they do there is kept.
                await Task.Delay(s_awayPause, _time, cancel);
            }
        }

        return new() { Challenge = challenge };
    }

    /// <summary>Contacts the user again, or by another way.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="methodId">Another method.</param>
    /// <param name="how">Another way of using it.</param>
    /// <param name="resend">Another text, or the next call, now.</param>
    /// <param name="cancel">Ends it.</param>
    public Task<ChallengeAnswer> ContactAsync(Challenge challenge, string? methodId = null, string? how = null, bool resend = false, CancellationToken cancel = default) =>
        AskAsync(new(HttpMethod.Post, Path(challenge.Id) + "/contact", new ContactBody(methodId, how, resend ? true : null), NewKey()), cancel);

    /// <summary>Takes a code that the user typed: a texted one, an authenticator's, a recovery code, an admin's bypass.</summary>
    /// <param name="challenge">The challenge.</param>
    /// <param name="code">The code.</param>
    /// <param name="rememberBrowser">Asks for what this browser can be remembered by, where the tenant allows it.</param>
    /// <param name="cancel">Ends it.</param>
    public Task<ChallengeAnswer> VerifyCodeAsync(Challenge challenge, string code, bool rememberBrowser = false, CancellationToken cancel = default) =>
        AskAsync(new(HttpMethod.Post, Path(challenge.Id) + "/verify", new VerifyBody(code, rememberBrowser ? true : null)), cancel);

    /// <summary>
    /// Redeems what a user brought back from the service's page, <c>answer</c> in the query of the return address: once. Take the challenge's id from what you
    /// keep of the browser (its session, a cookie), never from the address: so only who gave the password here is signed in.
    /// </summary>
    /// <param name="id">The challenge that this browser was sent away with.</param>
    /// <param name="answer">What came back.</param>
    /// <param name="idempotencyKey">Whoever comes again with the same key gets the same; a new one for each call where null.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The challenge with its assertion; else <c>wrong-answer</c>, <c>answer-used</c> or <c>answer-over</c>.</returns>
    public Task<ChallengeAnswer> RedeemAsync(string id, string answer, string? idempotencyKey = null, CancellationToken cancel = default) =>
        AskAsync(new(HttpMethod.Post, Path(id) + "/answer", new RedeemBody(answer), idempotencyKey ?? NewKey()), cancel);

    /// <summary>Calls a challenge off; a ringing phone stops. Null when it is done, else why not.</summary>
    public async Task<MfaProblem?> CancelAsync(Challenge challenge, CancellationToken cancel = default) =>
        (await _sender.SendAsync(new(HttpMethod.Delete, Path(challenge.Id)), cancel)).Problem;

    /// <summary>Checks that an assertion is signed by a published key, is for us, and proves this user's second step.</summary>
    /// <param name="assertion">The token.</param>
    /// <param name="expectedUser">Who signs in.</param>
    /// <param name="expectedNonce">The nonce of the challenge, where it had one.</param>
    /// <param name="minimumEpoch">The highest epoch of the user seen so far.</param>
    /// <param name="expectedContext">What the user was to agree to; null for a plain sign-in, which what was agreed to elsewhere is not.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="MfaAwayException">The keys were never had, and can't be had now.</exception>
    public async Task<AssertionCheck> ValidateAssertionAsync(
        string assertion, string expectedUser, string? expectedNonce = null, int? minimumEpoch = null, MfaContext? expectedContext = null, CancellationToken cancel = default)
    {
        var (token, fault) = await _assertions.ReadAsync(assertion, cancel);
        var rules = new AssertionRules(
            _options.ExpectedIssuer, _options.ClientId, _options.Tenant, expectedUser, expectedNonce, minimumEpoch ?? 0, expectedContext is null ? null : MfaContext.Hash(expectedContext));
        return token is null ? new() { Fault = fault } : rules.Check(token, _time.GetUtcNow());
    }

    public void Dispose()
    {
        _tokens.Dispose();
        _keys.Dispose();
    }

    private async Task<ChallengeAnswer> AskAsync(Ask ask, CancellationToken cancel) => (await _sender.SendAsync(ask, cancel)).Challenge;

    private static string Path(string id) => $"challenges/{Uri.EscapeDataString(id)}";

    private static string NewKey() => Guid.NewGuid().ToString("N");

    private sealed record ContactBody(string? MethodId, string? How, bool? Resend);

    private sealed record RedeemBody(string Answer);

    private sealed record VerifyBody(string Code, bool? RememberBrowser);
}
