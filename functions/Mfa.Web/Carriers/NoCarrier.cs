using Mfa.Core;

namespace Mfa.Web;

/// <summary>Stands where no carrier is set. Phones can't be set up then; what was under way when the carrier went ends as refused.</summary>
public sealed class NoCarrier : ICarrier
{
    private static readonly Task<CarrierAnswer> s_no = Task.FromResult(CarrierAnswer.No(Reason.CarrierDown));

    public CarrierKind Kind => CarrierKind.None;

    public Task<CarrierAnswer> SendTextAsync(OutgoingText text, CancellationToken cancel) => s_no;

    public Task<CarrierAnswer> PlaceCallAsync(OutgoingCall call, CancellationToken cancel) => s_no;

    public Task<CarrierAnswer> DialAsync(OutgoingTones tones, CancellationToken cancel) => s_no;

    public Task<CarrierAnswer> AskAsync(CallQuestion question, CancellationToken cancel) => s_no;

    public Task<CarrierAnswer> SayAsync(string callId, SpokenText text, CancellationToken cancel) => s_no;

    public Task<CarrierAnswer> HangUpAsync(string callId, CancellationToken cancel) => s_no;

    public bool Gives(string callId) => false;
}
