using Microsoft.Extensions.Time.Testing;

namespace Mfa.Contract;

/// <summary>A test that moves the time, and counts the texts and calls where they come out.</summary>
public abstract class SendLoopTest(Storage storage) : LaptopTest(storage)
{
    private static readonly SocketsHttpHandler s_connections = new();

    // Midnight, so that a day of an account and a day of a number begin together.
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow.Date.AddDays(1));

    protected override Dictionary<string, string?> Settings => new() { ["Local:ClockRuns"] = "false" };

    protected override TimeProvider Time => _time;

    protected DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>The one who loops.</summary>
    protected string Name { get; } = Person.NewName();

    protected void Advance(TimeSpan time) => _time.Advance(time);

    /// <summary>Signs in again: tokens live an hour.</summary>
    protected Task<Person> SignedInAsync(string name) => Person.SignInAsync(Laptop.Url, name, connections: s_connections);

    /// <summary>The texts and calls that the carrier was asked for.</summary>
    protected int Sent(Handset phone) => Texts(phone) + Calls(phone);

    protected int Texts(Handset phone) => Count("/sms?", phone);

    protected int Calls(Handset phone) => Count("/calling/callConnections?", phone);

    /// <summary>The texts on each of the phones.</summary>
    protected static async Task<IEnumerable<int>> ReceivedAsync(Handset[] phones) => await Task.WhenAll(phones.Select(async p => (await p.TextsAsync()).Count));

    private int Count(string path, Handset phone) =>
        Laptop.Carrier.Count(r => r.Path.StartsWith(path, StringComparison.Ordinal) && r.Body.Contains(phone.Number.TrimStart('+'), StringComparison.Ordinal));
}
