namespace Mfa.VirtualPhone;

/// <summary>Takes texts in for phones, and from phones for the resource, and tells Event Grid's receiver.</summary>
internal sealed class TextDesk(PhoneBook phones, EventPoster poster, Repeats<SmsItem> repeats, VirtualPhoneOptions options, TimeProvider time)
{
    public const int LongestBody = 2048;

    public bool IsOurs(PhoneNumber number) => number.Extension is null && options.Numbers.Contains(number.Value);

    /// <summary>Sends a text to one of its recipients, once for each repeatability id.</summary>
    /// <param name="later">Takes what must wait until the request is answered: the delivery reports.</param>
    public SmsItem Send(SmsRequest request, WireRecipient recipient, Action<Action> later)
    {
        if (recipient.RepeatabilityRequestId is null && recipient.RepeatabilityFirstSent is null) { return Send(request, recipient.To, later); }
        return RepeatId.Fault(recipient.RepeatabilityRequestId, recipient.RepeatabilityFirstSent) is { } fault
            ? SmsItem.Refused(recipient.To, fault)
            : repeats.Once($"{recipient.To} {Guid.Parse(recipient.RepeatabilityRequestId!)}", () => Send(request, recipient.To, later));
    }

    /// <summary>A text from a phone to the resource. The phone's lock is held.</summary>
    public void Reply(Phone from, PhoneNumber to, string body)
    {
        var text = new SentText($"Incoming_{Guid.NewGuid()}", to.Value, body, time.GetUtcNow(), Wire.Acs);
        from.Send(text);
        Tell(from, TextEvent.Received(options.ResourceId, from.Number, to, text));
    }

    private SmsItem Send(SmsRequest request, string? number, Action<Action> later)
    {
        if (!PhoneNumber.TryParse(number, out var to)) { return SmsItem.Refused(number, "Invalid To phone number format."); }
        var phone = phones.Of(to);
        var text = new Text($"Outgoing_{Guid.NewGuid()}", request.From!, request.Message!, time.GetUtcNow(), Wire.Acs);
        bool arrives;
        lock (phone.Gate)
        {
            if (phone.Habits.Texts == TextHabit.Refuse) { return SmsItem.Refused(number, "The recipient can't be reached."); }
            arrives = phone.Habits.Texts == TextHabit.Deliver;
            if (arrives) { phone.Receive(text); }
        }

        if (request.SmsSendOptions?.EnableDeliveryReport == true)
        {
            later(() => Tell(phone, TextEvent.Report(options.ResourceId, phone.Number, text, request.SmsSendOptions.Tag, arrives, time.GetUtcNow())));
        }

        return SmsItem.Accepted(to, text.Id);
    }

    private void Tell(Phone phone, byte[] body)
    {
        if (OptionsCheck.WebAddress(options.TextEventsUrl) is { } receiver) { phone.TextEvents.Add(() => poster.Post(new(receiver, body, OfCall: false))); }
    }
}
