using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Mfa.Contract;

/// <summary>Something that somebody proves in one way, and that a harness breaks and repeats: an enrollment, or a challenge.</summary>
public abstract class Proving : IDisposable
{
    private static int s_begun;

    // Every other one begins before the other head.
    private int _asked = Interlocked.Increment(ref s_begun);
    private int _textsBefore;
    private Caller? _there;

    /// <summary>Who opened it, and reads it.</summary>
    public abstract Caller Caller { get; }

    /// <summary>The user whose it is.</summary>
    public required Person User { get; init; }

    public required Handset Phone { get; init; }

    /// <summary><c>text</c>, <c>reply</c>, <c>call</c>, <c>code</c>, <c>notification</c>, or <c>extension</c>: a call to one.</summary>
    public required string Way { get; init; }

    /// <summary>Where a call is answered: the phone, or the desk behind its switchboard.</summary>
    public Handset Answering => Way == "extension" ? Phone.At(Extension) : Phone;

    /// <summary>The extension of a desk.</summary>
    public const string Extension = "12";

    /// <summary>The authenticator that is notified.</summary>
    public DeviceApp? Device { get; init; }

    /// <summary>Its id, once it is begun.</summary>
    public string Id { get; protected set; } = "";

    /// <summary>What the user's authenticator shows for it.</summary>
    public abstract Task<string> AuthenticatorAsync();

    /// <summary>The request that contacts the user. It is the same each time, and begins one thing however often it comes.</summary>
    public async Task<Reply> BeginAsync()
    {
        var answer = await SendAsync(Next);
        Id = answer.Text("id") ?? Id;
        return answer;
    }

    /// <summary>The status of that request when it is done.</summary>
    public abstract int Begun { get; }

    /// <summary>What becomes of it after five wrong codes: an enrollment can be contacted again.</summary>
    public abstract string GuessedAt { get; }

    public Task<Reply> VerifyAsync(string code) => Next.VerifyAsync(Id, code);

    public Task<Reply> SeeAsync() => Caller.SeeAsync(Id);

    /// <summary>The code of its text.</summary>
    public Task<string> TextedCodeAsync() => Phone.CodeAsync(_textsBefore + 1);

    /// <summary>The texts since it was begun.</summary>
    public async Task<int> TextsAsync() => (await Phone.TextsAsync()).Count - _textsBefore;

    /// <summary>That it was proved, and once only.</summary>
    public abstract Task<bool> IsProvedOnceAsync();

    /// <summary>From now on, every other request goes to another head.</summary>
    public Proving AlsoBefore(string url)
    {
        _there = Caller.At(url);
        return this;
    }

    public virtual void Dispose()
    {
        Device?.Dispose();
        User.Dispose();
        _there?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected abstract Task<Reply> SendAsync(Caller caller);

    private Caller Next => _there is not null && Interlocked.Increment(ref _asked) % 2 == 0 ? _there : Caller;

    /// <summary>Somebody who is about to prove something; nobody is contacted for it yet.</summary>
    /// <param name="driven">What.</param>
    /// <param name="laptop">Where.</param>
    /// <param name="url">The head.</param>
    /// <param name="way">How.</param>
    /// <param name="phone">The phone; a new one where null.</param>
    /// <param name="connections">A pool to share.</param>
    public static async Task<Proving> PrepareAsync(Driven driven, Laptop laptop, string url, string way, Handset? phone = null, HttpMessageHandler? connections = null)
    {
        using var signedIn = await Person.SignInAsync(laptop.Issuer ?? url, connections: connections);
        var user = signedIn.At(url);
        phone ??= laptop.NewPhone();
        if (way == "extension")
        {
            using var admin = await Admin.BeforeAsync(laptop, url);
            var described = await admin.SendAsync("PUT", $"admin/users/{user.Id}", new() { ["officePhone"] = $"{phone.Number};ext={Extension}" });
            Assert.True(described.Status is 200 or 201, described.ToString());
        }

        Proving proving = driven == Driven.Enrollment
            ? await EnrollmentAsync(user, phone, way)
            : await ChallengeAsync(laptop, user, phone, way);
        proving._textsBefore = (await phone.TextsAsync()).Count;
        return proving;
    }

    private static async Task<Proving> EnrollmentAsync(Person user, Handset phone, string way)
    {
        if (way == "notification")
        {
            var device = new DeviceApp(user.Url, user.Connections);
            var enrolled = await user.EnrollDeviceAsync();
            Assert.Equal(201, (await device.ActivateAsync(enrolled)).Status);
            return new OfEnrollment { User = user, Phone = phone, Way = way, Id = enrolled["id"], App = null, Device = device };
        }

        if (way == "extension")
        {
            var office = await user.PostAsync("me/enrollments", new JsonObject { ["method"] = "officePhone" });
            return new OfEnrollment { User = user, Phone = phone, Way = way, Id = office["id"], App = null };
        }

        var opened = way == "code" ? await user.EnrollAppAsync() : await user.EnrollPhoneAsync(phone.Number, way == "call" ? "call" : "text");
        return new OfEnrollment { User = user, Phone = phone, Way = way, Id = opened["id"], App = way == "code" ? Authenticator.Of(opened) : null };
    }

    private static async Task<Proving> ChallengeAsync(Laptop laptop, Person user, Handset phone, string way)
    {
        using var party = await RelyingParty.SignInAsync(laptop.Issuer ?? user.Url, connections: user.Connections);
        var app = way == "code" ? (await user.SetUpAppAsync()).App : null;
        var device = way == "notification" ? new DeviceApp(user.Url, user.Connections) : null;
        if (device is not null)
        {
            await user.SetUpDeviceAsync(device);
        }
        else if (app is null)
        {
            // A number that owes an answer to one text gets no other at once: what the first took is given back after its answer.
            await laptop.RestsAsync(user, (await user.SetUpAsync(phone))["id"]);
        }

        return new OfChallenge { User = user, Phone = phone, Way = way, Party = party.At(user.Url), App = app, Device = device };
    }

    private sealed class OfEnrollment : Proving
    {
        public required Authenticator? App { get; init; }

        public override Caller Caller => User;

        public override int Begun => 202;

        public override Task<string> AuthenticatorAsync() => App!.CodeAsync();

        public override async Task<bool> IsProvedOnceAsync() =>
            (await SeeAsync()).Text("state") == "verified" && (await User.GetAsync("me")).Body!["methods"]!.AsArray().Count == 1;

        public override string GuessedAt => "readyToContact";

        protected override Task<Reply> SendAsync(Caller caller) => caller.ContactAsync(Id);
    }

    private sealed class OfChallenge : Proving
    {
        private readonly string _key = Guid.NewGuid().ToString("N");

        public required RelyingParty Party { get; init; }

        public required Authenticator? App { get; init; }

        public override Caller Caller => Party;

        public override int Begun => 201;

        // The code that set it up serves nothing else.
        public override Task<string> AuthenticatorAsync() => App!.CodeAsync(steps: 1);

        public override async Task<bool> IsProvedOnceAsync() =>
            await SeeAsync() is var seen && seen.Text("state") == "verified" && new JsonWebToken(seen["assertion"]).Id == Id
            && (await User.GetAsync("me")).Body!["methods"]!.AsArray().Count == 1;

        public override void Dispose()
        {
            Party.Dispose();
            base.Dispose();
        }

        public override string GuessedAt => "failed";

        protected override Task<Reply> SendAsync(Caller caller) =>
            ((RelyingParty)caller).ChallengeAsync(User.Id, new JsonObject { ["how"] = Way switch { "code" or "call" or "notification" => Way, _ => "text" } }, ("Idempotency-Key", _key));
    }
}
