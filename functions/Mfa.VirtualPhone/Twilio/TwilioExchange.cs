namespace Mfa.VirtualPhone;

/// <summary>Places calls by Twilio's wire, and changes those that go on.</summary>
internal sealed class TwilioExchange(PhoneBook phones, WebhookPoster poster, VirtualPhoneOptions options, TimeProvider time)
{
    public Kept<TwilioCall> Calls { get; } = new();

    public Deed Place(TwilioCallOrder order)
    {
        var phone = phones.Of(order.To);
        var call = new TwilioCall(order, phone, new EventLane(options, time, () => phone.Habits.Events, open: true), poster, options, time);
        Calls.Add(call.Id, call);
        return new(TwilioJson.Answer(TwilioCallJson.Of(call, options), StatusCodes.Status201Created), async () =>
        {
            if (options.TwilioQueueFor > TimeSpan.Zero) { await Task.Delay(options.TwilioQueueFor, time); }
            lock (phone.Gate) { call.Dial(); }
            await call.First;
        });
    }

    /// <param name="status">The one that is asked for, if one is.</param>
    /// <param name="now">What it is to do, if that is asked for.</param>
    public Deed Change(TwilioCall call, string? status, Instructions? now)
    {
        lock (call.Phone.Gate)
        {
            if (call.State == CallState.Ended || (now is not null && call.State != CallState.Answered)) { return Deed.Only(CallRefusals.NotInProgress()); }
            if (status == "completed") { call.Finish(); }
            else if (status == "canceled") { call.Cancel(); }
            else if (now is not null) { call.Follow(now); }
            return Deed.Only(TwilioJson.Answer(TwilioCallJson.Of(call, options)));
        }
    }
}
