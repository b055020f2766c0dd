using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Mfa.Client.Tests;

/// <summary>Answers that are lost, and a service that is away.</summary>
public sealed class OutageTests(Storage storage) : ShopTest(storage)
{
    [Fact]
    public async Task A_lost_answer_makes_no_second_text()
    {
        await EnrollAsync();
        Front.Forget();
        Lose(once: "/api/v1/challenges");
        var challenge = await AskAsync();
        Assert.Equal(2, Front.Count(r => r.IsWrite));
        Lose(once: "/contact");
        await Task.Delay(150);
        await Shop.ContactAsync(challenge, resend: true);
        Assert.Equal(4, Front.Count(r => r.IsWrite));
        var code = await Phone.CodeAsync(3);
        Lose(once: "/verify");
        Assert.Equal(ChallengeState.Verified, (await Shop.VerifyCodeAsync(challenge, code)).Challenge!.State);
        Assert.Equal(3, (await Phone.TextsAsync()).Count);
    }

    [Fact]
    public async Task A_page_that_asks_again_under_its_own_key_gets_the_same_challenge()
    {
        await EnrollAsync();
        var (first, second) = (await AskAsync(r => r with { IdempotencyKey = "page-1" }), await AskAsync(r => r with { IdempotencyKey = "page-1" }));
        Assert.Equal(first.Id, second.Id);
        Assert.Equal("idempotency-key-reused", (await Shop.ChallengeAsync(new(User.Id, "Another shop") { IdempotencyKey = "page-1" })).Problem!.Code);
        Assert.Equal(2, (await Phone.TextsAsync()).Count);
    }

    [Fact]
    public async Task Nobody_is_let_in_while_the_service_is_away()
    {
        Front.Down = true;
        await Assert.ThrowsAsync<MfaAwayException>(() => Shop.ChallengeAsync(new("alice", "The Shop")));
        Assert.Equal(3, Front.Requests.Count);
    }

    [Fact]
    public async Task Whoever_opens_then_says_so_in_the_log_and_does_not_for_one_request_that_fails()
    {
        using var log = new Lines();
        var open = NewShop(o => (o.WhenAway, o.Retries) = (WhenAway.FailOpen, 1), log);
        Front.Decide = r => Task.FromResult(r.Path == "/healthz" ? Pass.Through : Pass.Refuse);
        await Assert.ThrowsAsync<MfaAwayException>(() => open.ChallengeAsync(new("alice", "The Shop")));
        Assert.Empty(log.Warnings);

        Front.Decide = null;
        Front.Down = true;
        var answer = await open.ChallengeAsync(new("alice", "The Shop"));
        Assert.Equal((true, null, null), (answer.LetInUnverified, answer.Challenge, answer.Problem));
        Assert.Contains("let in by its password alone", Assert.Single(log.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_answers_in_the_services_place_is_no_service()
    {
        await using var page = await TokenServer.StartAsync(() => Task.FromResult("unused"));
        await Assert.ThrowsAsync<MfaAwayException>(() => NewShop(o => o.BaseAddress = new(page.Url)).ChallengeAsync(new("alice", "The Shop")));
    }

    [Fact]
    public async Task A_token_is_got_by_client_credentials_kept_and_got_anew_when_it_is_refused()
    {
        var tokens = new Queue<string>(["stale", await TokenAsync()]);
        await using var issuer = await TokenServer.StartAsync(() => Task.FromResult(tokens.Dequeue()));
        var shop = NewShop(o => (o.Token, o.Credentials) = (null, new(new(issuer.Url + "/token"), "shop", "secret", "api://mfa/.default")));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("not-found", (await shop.ReadAsync("nothing")).Problem!.Code);
        }

        Assert.Equal(["client_credentials shop secret api://mfa/.default", "client_credentials shop secret api://mfa/.default"], issuer.Asked);
        Assert.DoesNotContain("secret", new ClientCredentials(new(issuer.Url), "shop", "secret", "s").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_options_are_all_told_at_once()
    {
        var fault = Assert.Throws<ArgumentException>(() => Clients.Of("http://mfa.example", o => (o.ClientId, o.Tenant, o.Token) = ("", "", null))).Message;
        Assert.All(["BaseAddress", "ClientId", "Tenant", "Token"], name => Assert.Contains(name, fault, StringComparison.Ordinal));
    }

    private void Lose(string once)
    {
        var lost = 0;
        Front.Done = r => Task.FromResult(r.IsWrite && r.Path.EndsWith(once, StringComparison.Ordinal) && Interlocked.Exchange(ref lost, 1) == 0 ? Pass.LoseAnswer : Pass.Through);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Warnings { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                Warnings.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
