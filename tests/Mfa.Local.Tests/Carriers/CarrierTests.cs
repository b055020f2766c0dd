using Mfa.Core;
using Mfa.Web;

namespace Mfa.Local.Tests;

/// <summary>
/// What is asked of every carrier's adapter: over its own wire of the real telephone network, which posts to a service that proves, reads and answers
/// by the adapter's other end. All that is seen here is in our words.
/// </summary>
public abstract partial class CarrierTests : IAsyncLifetime
{
    private const string Body = "Your code is 123456.";

    private protected static SpokenText Words { get; } = new("Press pound.", "en-US");

    private protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected abstract CarrierWire Wire { get; }

    /// <summary>What it says where nobody knows whether it was done.</summary>
    private protected abstract CarrierAnswer Unknown { get; }

    /// <summary>What it says of a call that is over.</summary>
    private protected abstract CarrierAnswer Over { get; }

    /// <summary>What a 503 tells.</summary>
    private protected abstract CarrierAnswer Unavailable { get; }

    /// <summary>Why a call that was declined ended.</summary>
    private protected abstract Reason OfDeclined { get; }

    /// <summary>The setting that an operator has to look at where the key is wrong.</summary>
    private protected abstract string KeySetting { get; }

    private protected TestNetwork Network { get; private set; } = null!;

    private protected ICarrier Carrier => Network.Carrier;

    private protected CallbackReceiver Service => Network.Service;

    public async ValueTask InitializeAsync() => Network = await TestNetwork.Start(Wire);

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Network.DisposeAsync();
        Assert.Empty(Service.Refused);
    }

    /// <summary>The phone's owner wants no more texts.</summary>
    private protected abstract Task OptOutAsync();

    private protected OutgoingText Text(Repeatable? once = null, string body = Body) =>
        new(TestNetwork.Phone, body, "v/1", Service.Text, TestNetwork.Lasts, once ?? TestNetwork.Once());

    private protected OutgoingCall Call(Repeatable? once = null) => new(TestNetwork.Phone, Service.Call, once ?? TestNetwork.Once());

    private protected CallQuestion Question(string call, int prompt = 7, int keys = 1, double silence = 9.5) =>
        new(call, TestNetwork.Phone, Words, prompt, keys, TimeSpan.FromSeconds(silence), Service.Call);

    private protected OutgoingTones Tones(string call, Repeatable? once = null) => new(call, TestNetwork.Phone, "204", 1, Service.Call, once ?? TestNetwork.Once());

    /// <summary>Everything that a carrier is asked to do.</summary>
    private protected Task<CarrierAnswer> Do(string what, CancellationToken? cancel = null, ICarrier? carrier = null, string? call = null)
    {
        var (by, id, until) = (carrier ?? Carrier, call ?? Wire.NoCall, cancel ?? Cancel);
        return what switch
        {
            "text" => by.SendTextAsync(Text(), until),
            "call" => by.PlaceCallAsync(Call(), until),
            "ask" => by.AskAsync(Question(id), until),
            "say" => by.SayAsync(id, Words, until),
            "dial" => by.DialAsync(Tones(id), until),
            _ => by.HangUpAsync(id, until),
        };
    }

    private protected static string[] InCalls { get; } = ["ask", "say", "dial", "hang up"];

    private protected static string[] All { get; } = ["text", "call", .. InCalls];

    public static TheoryData<string> Everything => [.. All];

    /// <summary>A carrier took it.</summary>
    private protected static string? Taken(CarrierAnswer answer)
    {
        Assert.Null(answer.Failure);
        Assert.False(answer.IsOver);
        return answer.Receipt;
    }

    private protected Task Ended() => Until.True(async () => (await Network.Call()).GetProperty("state").GetString() == "ended", "the end of the call");
}
