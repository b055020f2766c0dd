namespace Mfa.Client;

/// <summary>Where the service is, and who asks.</summary>
public sealed class MfaClientOptions
{
    /// <summary>The address of the service, such as <c>https://mfa.example</c>. https, except on this machine.</summary>
    public Uri? BaseAddress { get; set; }

    /// <summary>The own client id: assertions must be for it.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The tenant whose users sign in.</summary>
    public string Tenant { get; set; } = "";

    /// <summary>Who signs assertions; the base address where null.</summary>
    public string? Issuer { get; set; }

    /// <summary>Gives the application's own access token, with the role <c>mfa.verify</c>. Asked for each request: it keeps what it can.</summary>
    public Func<CancellationToken, ValueTask<string>>? Token { get; set; }

    /// <summary>Instead of <see cref="Token"/>: how to get one.</summary>
    public ClientCredentials? Credentials { get; set; }

    /// <summary>What a new challenge answers while the service is away.</summary>
    public WhenAway WhenAway { get; set; } = WhenAway.FailClosed;

    /// <summary>How long one request may take; a waiting one has its wait besides.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>How often a request is repeated that got no answer, or 502, 503 or 504.</summary>
    public int Retries { get; set; } = 2;

    internal string ExpectedIssuer => Issuer ?? BaseAddress!.ToString().TrimEnd('/');

    internal void Check()
    {
        List<string> faults = [];
        Need(BaseAddress is { IsAbsoluteUri: true } address && (address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)), $"{nameof(BaseAddress)} is not an https address");
        Need(!string.IsNullOrWhiteSpace(ClientId), $"{nameof(ClientId)} is missing");
        Need(!string.IsNullOrWhiteSpace(Tenant), $"{nameof(Tenant)} is missing");
        Need((Token is null) != (Credentials is null), $"{nameof(Token)} or {nameof(Credentials)} is needed, not both");
        Need(Timeout > TimeSpan.Zero, $"{nameof(Timeout)} is not above nothing");
        Need(Retries is >= 0 and <= 10, $"{nameof(Retries)} is not between 0 and 10");
        if (faults.Count > 0)
        {
            throw new ArgumentException("Mfa.Client: " + string.Join("; ", faults));
        }

        void Need(bool so, string otherwise)
        {
            if (!so)
            {
                faults.Add(otherwise);
            }
        }
    }
}
