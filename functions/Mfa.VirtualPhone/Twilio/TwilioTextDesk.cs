namespace Mfa.VirtualPhone;

/// <summary>Takes texts in for phones, and from phones for the account.</summary>
internal sealed class TwilioTextDesk(PhoneBook phones, WebhookPoster poster, VirtualPhoneOptions options, TimeProvider time)
{
    public Kept<TwilioText> Texts { get; } = new();

    public bool IsOurs(PhoneNumber number) => number.Extension is null && options.TwilioNumbers.Contains(number.Value);

    /// <summary>Sends a text.</summary>
    public Deed Send(TextOrder order)
    {
        var phone = phones.Of(order.To);
        lock (phone.Gate)
        {
            if (phone.Habits.Texts == TextHabit.Refuse) { return Deed.Only(TextRefusals.NoRoute()); }
            if (phone.OptOuts.Has(order.From)) { return Deed.Only(TextRefusals.OptedOut()); }
            var text = new TwilioText(order, inbound: false, time.GetUtcNow());
            Texts.Add(text.Sid, text);
            var answer = TwilioJson.Answer(TwilioTextJson.Of(text, options.TwilioAccountSid), StatusCodes.Status201Created);
            if (options.TwilioQueueFor == TimeSpan.Zero) { return new(answer, Go(text, phone)); }
            return new(answer, async () =>
            {
                await Task.Delay(options.TwilioQueueFor, time);
                Func<Task> tell;
                lock (phone.Gate) { tell = Go(text, phone); }
                await tell();
            });
        }
    }

    /// <summary>A text from a phone to the account. The phone's lock is held.</summary>
    public void Reply(Phone from, PhoneNumber to, string body)
    {
        var now = time.GetUtcNow();
        var service = to.Value == options.TwilioNumbers[0] ? options.TwilioMessagingService : null;
        var text = new TwilioText(new(from.Number.Value, to, body, service, null), inbound: true, now);
        Texts.Add(text.Sid, text);
        from.Send(new(text.Sid, to.Value, body, now, Wire.Twilio));
        if (from.OptOuts.Hear(to.Value, body) is { } answer) { from.Receive(new(Sid.New("SM"), to.Value, answer, now, Wire.Twilio)); }
        if (WebhookAddress.Of(options.TwilioTextsUrl) is not { } receiver) { return; }
        var hook = new Webhook(receiver, HttpMethod.Post, TextFields.Received(text, options.TwilioAccountSid), OfCall: false);
        from.TextEvents.Add(() => poster.Post(hook), certain: true);
    }

    /// <summary>It goes, and gives what tells of it. The phone's lock is held.</summary>
    private Func<Task> Go(TwilioText text, Phone phone)
    {
        var arrives = phone.Habits.Texts == TextHabit.Deliver;
        var told = new List<string>();
        void Become(string status, int? error = null)
        {
            text.Become(status, time.GetUtcNow(), error);
            told.Add(status);
        }

        if (text.Order.Service is not null) { Become("queued"); }
        Become("sent");
        if (arrives)
        {
            phone.Receive(new(text.Sid, text.Order.From, text.Order.Body, text.Created, Wire.Twilio));
            Become("delivered");
        }
        else
        {
            Become("undelivered", 30003);
        }

        return () => Tell(text, phone, told);
    }

    /// <returns>Done when the first of them was posted.</returns>
    private Task Tell(TwilioText text, Phone phone, IReadOnlyList<string> statuses)
    {
        if (text.Order.StatusCallback is not { } receiver) { return Task.CompletedTask; }
        return Task.WhenAny(statuses.Select(status =>
        {
            var hook = new Webhook(receiver, HttpMethod.Post, TextFields.Status(text, status, options.TwilioAccountSid), OfCall: false);
            return phone.TextEvents.Add(() => poster.Post(hook));
        }).ToList());
    }
}
