using System.Collections.Concurrent;

namespace Mfa.VirtualPhone;

/// <summary>Connects calls to phones, and knows the calls that go on.</summary>
internal sealed class Exchange(PhoneBook phones, EventPoster poster, VirtualPhoneOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, AcsCall> _calls = [];

    /// <summary>Places a call. Its events wait until its lane is opened.</summary>
    public AcsCall Place(CallOrder order)
    {
        var phone = PhoneNumber.TryParse(order.To, out var number) ? phones.Of(number) : null;
        var line = phone ?? phones.Nobody();
        var call = new AcsCall(order, line, new EventLane(options, time, () => line.Habits.Events, open: false), poster, options, time);
        lock (line.Gate)
        {
            _calls[call.Id] = call;
            if (phone is null) { call.Fail(ResultInformation.InvalidNumber); }
            else if (!options.Numbers.Contains(order.From)) { call.Fail(ResultInformation.ForbiddenSource); }
            else if (line.CallsOnLine >= options.CallsPerNumber || SenderIsFull(order.From)) { call.Fail(ResultInformation.Declined); }
            else { line.Take(call); }
        }

        call.Posted.ContinueWith(_ => _calls.TryRemove(call.Id, out var _), TaskScheduler.Default);
        return call;
    }

    /// <summary>A call that has not ended.</summary>
    public AcsCall? Find(string id) => _calls.TryGetValue(id, out var call) && call.State != CallState.Ended ? call : null;

    private bool SenderIsFull(string from) =>
        options.CallsPerSender > 0 && _calls.Values.Count(call => call.Order.From == from && call.State != CallState.Ended) > options.CallsPerSender;
}
