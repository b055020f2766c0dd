using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Mfa.Core;
using Mfa.Local;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Mfa.Contract;

/// <summary>
/// Contact, callbacks, replies, the clock, waiting, cancelling and the purge know no kind of holder: one that is made up here goes
/// through all of them.
/// </summary>
public sealed class SecondKind(Storage storage) : LaptopTest(storage)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter() },
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly HolderKind s_kind = HolderKind.Of("errand", "e", (JsonTypeInfo<Errand>)s_json.GetTypeInfo(typeof(Errand)));

    private LocalHead _head = null!;

    protected override Dictionary<string, string?> Settings => new() { ["Policy:CallRetryAfter"] = "00:00:00.2", ["Local:LooksEvery"] = "00:00:02" };

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        _head = await Laptop.AddHeadAsync(services: s => s.AddSingleton(s_kind));
        Laptop.SendTextEventsTo(_head.Url.ToString().TrimEnd('/'));
    }

    [Fact]
    public async Task It_is_verified_by_a_reply_and_its_account_hears_of_it()
    {
        var id = await AddAsync(How.Text);
        Assert.Equal(VerificationState.Waiting, (await ContactAsync(id)).Verification!.State);
        await Phone.TextAsync(Laptop.Sender, await Phone.CodeAsync());
        var done = await UntilAsync(id, h => h.EndedAt is not null);
        Assert.Equal(VerificationState.Verified, done.Verification!.State);
        Assert.Equal("errand done", (await Get<AccountRows>().FindAsync(RowNames.AccountOf(id), default))!.Account.DisplayName);
    }

    [Fact]
    public async Task A_waiting_reader_sees_a_pound_on_the_phone_at_once()
    {
        var id = await AddAsync(How.Call);
        var version = (await ContactAsync(id)).Version;
        await Phone.AnswerAsync();
        await Phone.SaysAsync("press the pound key");
        await Phone.PressAsync("#");
        await UntilAsync(id, h => h.EndedAt is not null);
        Assert.True((await Get<HolderWait>().FindAsync(id, new(TimeSpan.FromSeconds(25), version), default))!.Holder.Version > version);
        await Phone.EndsAsync();
    }

    [Fact]
    public async Task The_clock_calls_a_busy_line_three_times_and_fails_it()
    {
        await Phone.HabitAsync(calls: "busy");
        var id = await AddAsync(How.Call);
        await ContactAsync(id);
        var failed = await Handset.UntilAsync(async () => (await Get<HolderRows>().FindAsync(id, default))!.Holder, h => h.Verification is { IsOver: true }, "the clock's end");
        Assert.Equal((VerificationState.Failed, Reason.Busy, 3), (failed.Verification!.State, failed.Verification.Reason, failed.Verification.Attempt));
    }

    [Fact]
    public async Task Calling_it_off_hangs_up_and_the_purge_forgets_it()
    {
        var id = await AddAsync(How.Call, DateTimeOffset.UtcNow.AddDays(-8));
        await ContactAsync(id);
        await Phone.RingsAsync();
        await Get<HolderCancel>().RunAsync(id, later: false, default);
        await Phone.EndsAsync();
        await Handset.UntilAsync(async () => (await Get<HolderRows>().FindAsync(id, default))!.Holder, h => h.Verification is { IsOver: true }, "its end");
        Assert.Equal(id, Assert.Single(await Get<HolderRows>().OfAccountAsync(RowNames.AccountOf(id), default).ToListAsync()));

        // As if it had ended long ago.
        var stored = (await Get<HolderRows>().FindAsync(id, default))!;
        var old = DateTimeOffset.UtcNow.AddDays(-9);
        await Get<HolderRows>().SaveAsync(stored, (Errand)stored.Holder with { EndedAt = old, Verification = stored.Holder.Verification! with { Deadline = old } }, stored.Account);
        await Get<PurgeRows>().NoteAccountAsync(RowNames.AccountOf(id), DateTimeOffset.UtcNow.AddHours(-2), default);
        await Get<Purge>().RunAsync(default);
        Assert.Null(await Get<HolderRows>().FindAsync(id, default));
    }

    [Fact]
    public async Task A_head_that_does_not_know_the_kind_leaves_it_alone()
    {
        var id = await AddAsync(How.Text);
        Assert.Null(await Laptop.Head.Services.GetRequiredService<HolderRows>().FindAsync(id, default));
        Assert.Equal(404, (await User.SeeAsync(id)).Status);
    }

    private T Get<T>()
        where T : notnull => _head.Services.GetRequiredService<T>();

    private async Task<string> AddAsync(How how, DateTimeOffset? created = null)
    {
        var account = await Get<AccountRows>().LoadAsync("contoso", Person.NewName(), default);
        var number = PhoneNumber.FromE164(Phone.Number);
        var id = RowNames.NewId(account.Account.Key, s_kind.Mark);
        var errand = new Errand
        {
            Id = id,
            Epoch = 0,
            Kind = MethodKind.AuthenticationPhone,
            How = how,
            Phone = number,
            NumberKey = Get<RowNames>().NumberKey(number),
            SealedSecret = Get<SecretColumns>().Seal(id, RandomNumberGenerator.GetBytes(32)),
            Culture = "en-US",
            CreatedAt = created ?? DateTimeOffset.UtcNow,
            ExpiresAt = DateTimeOffset.UtcNow.AddMinutes(10),
        };
        Assert.NotNull(await Get<HolderRows>().AddAsync(errand, account, account.Account with { DisplayName = "errand" }, null, default));
        return id;
    }

    private async Task<Holder> ContactAsync(string id)
    {
        var (stored, refusal) = await Get<ContactMe>().RunAsync(new(id, null, Resend: false, null, (holder, _) => (holder, null), _ => Problem.NotFound()), default);
        Assert.Null(refusal);
        return stored!.Holder;
    }

    private Task<Holder> UntilAsync(string id, Func<Holder, bool> so) =>
        Handset.UntilAsync(async () => (await Get<VerificationAdvance>().FindAsync(id, default))!.Holder, so, "the errand's end");

    /// <summary>Something else than an enrollment that "Contact me" proves.</summary>
    private sealed record Errand : Holder
    {
        protected override Errand Cancel(DateTimeOffset now) => EndedAt is null ? this with { EndedAt = now } : this;

        protected override (Holder Holder, Account Account) Verified(Account account, AccountPolicy policy, DateTimeOffset now) =>
            (this with { EndedAt = now }, account.Proved(Kind, NumberKey) with { DisplayName = "errand done" });
    }
}
