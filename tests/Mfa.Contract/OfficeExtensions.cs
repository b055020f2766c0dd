using System.Text.Json.Nodes;
using Mfa.Core;
using Mfa.Web;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Mfa.Contract;

/// <summary>The office phone behind a switchboard: its extension is dialled as tones once the call is answered, then the prompt.</summary>
public abstract class OfficeExtensions(Storage storage) : Failures(storage)
{
    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Policy:ExtensionPause"] = "00:00:00.3", ["Policy:CallLease"] = "00:00:05" };

    protected const string Tones = "tones";
    protected const string Question = "question";

    /// <summary>What the carrier is asked for before a key is pressed.</summary>
    protected virtual string[] AskedFor => ["call", Tones, Question];

    /// <summary>What a request asks the carrier for.</summary>
    protected abstract string What(Tapped request);

    [Theory]
    [InlineData("once")]
    [InlineData("twice")]
    [InlineData("shuffled")]
    [InlineData("early")]
    public async Task An_extension_rings_and_verifies_by_pressing_pound(string events)
    {
        using var desk = Phone.At("12");
        var id = await ContactOfficeAsync("12", events: events);
        Assert.Equal($"{PhoneNumber.FromE164(Phone.Number).Masked} ext. ••", (await User.GetAsync("me"))["officePhone"]);

        await desk.AnswerAsync();
        await PressWhenAskedAsync(desk);

        var verified = await User.WaitForVerificationAsync(id, "verified");
        Assert.Equal(("verified", "1"), (verified["state"], verified["verification.attempt"]));
        await desk.SaysAsync("You are verified");
        await desk.EndsAsync();
        var method = (await User.GetAsync("me")).Body!["methods"]![0]!;
        Assert.Equal(("officePhone", $"{PhoneNumber.FromE164(Phone.Number).Masked} ext. ••"), (method["method"]!.ToString(), method["phone"]!.ToString()));
        Assert.Equal(AskedFor, InOrder().Take(AskedFor.Length));
        Assert.Equal(1, InOrder().Count(what => what == Tones));
        Assert.Equal(1, (await Phone.CallAsync())!["said"]!.AsArray().Count(said => said!.ToString() == "[tones 1 2]"));
    }

    [Fact]
    public async Task Digits_after_a_pause_between_them_are_dialled_by_themselves()
    {
        using var desk = Phone.At("1204");
        var id = await ContactOfficeAsync("ww1w204", knows: "1204");
        await desk.AnswerAsync();
        var said = (await Phone.CallAsync())!["said"]!.AsArray().Select(s => s!.ToString()).Where(s => s.StartsWith("[tones", StringComparison.Ordinal));
        Assert.Equal(["[tones 1]", "[tones 2 0 4]"], said);
        await desk.PressAsync("#");
        await User.WaitForVerificationAsync(id, "verified");
    }

    [Fact]
    public async Task Who_answers_late_hears_the_prompt_again()
    {
        using var desk = Phone.At("12");
        var id = await ContactOfficeAsync("12");
        await desk.RingsAsync();
        await Phone.SaysAsync("To verify, press the pound key");
        await desk.AnswerAsync();
        await desk.SaysAsync("press the pound key");
        await desk.PressAsync("#");
        await User.WaitForVerificationAsync(id, "verified");
    }

    [Fact]
    public async Task A_wrong_extension_is_hung_up_on()
    {
        var id = await ContactOfficeAsync("99", knows: "12");
        await AssertEndsAsync(id, "failed", "hung-up");
        Assert.Contains((await Phone.CallAsync())!["said"]!.AsArray(), said => said!.ToString() == "[switchboard] There is no such extension.");
    }

    [Fact]
    public async Task A_switchboard_that_hangs_up_before_the_extension_is_dialled_fails_it()
    {
        var id = await ContactOfficeAsync("wwwwwwww12");
        await Phone.SaysAsync("Enter the extension");
        await Phone.HangUpAsync();
        await AssertEndsAsync(id, "failed", "hung-up");
        Assert.DoesNotContain(Tones, InOrder());
    }

    [Fact]
    public async Task An_extension_that_is_busy_is_hung_up_on()
    {
        using var desk = Phone.At("12");
        await desk.HabitAsync(calls: "busy");
        var id = await ContactOfficeAsync("12");
        await AssertEndsAsync(id, "failed", "hung-up");
    }

    [Fact]
    public async Task Tones_that_the_carrier_refuses_fail_the_call_and_the_next_one_tries_again()
    {
        Laptop.Carrier.Decide = request => Task.FromResult(What(request) == Tones ? Pass.Reject : Pass.Through);
        var id = await ContactOfficeAsync("12");
        var ended = await AssertEndsAsync(id, "failed", "extension-failed");
        Assert.Equal("3", ended["verification.attempt"]);
        await Phone.EndsAsync();
        Assert.Equal(3, InOrder().Count(what => what == Tones));
        Assert.DoesNotContain(Question, InOrder());
    }

    [Fact]
    public async Task Tones_whose_answer_is_lost_are_sent_once()
    {
        var lost = 0;
        Laptop.Carrier.Done = request => Task.FromResult(
            What(request) == Tones && Interlocked.Increment(ref lost) == 1 ? Pass.LoseAnswer : Pass.Through);
        using var desk = Phone.At("12");
        var id = await ContactOfficeAsync("12");
        await desk.AnswerAsync();
        await PressWhenAskedAsync(desk);
        await User.WaitForVerificationAsync(id, "verified");
        Assert.Equal(1, (await Phone.CallAsync())!["said"]!.AsArray().Count(said => said!.ToString() == "[tones 1 2]"));
    }

    [Fact]
    public async Task Calling_it_off_hangs_up_at_the_extension()
    {
        using var desk = Phone.At("12");
        var id = await ContactOfficeAsync("12");
        await desk.AnswerAsync();
        Assert.Equal(204, (await User.SendAsync(HttpMethod.Delete, $"me/enrollments/{id}")).Status);
        await desk.EndsAsync();
    }

    [Fact]
    public async Task A_user_can_not_type_an_extension() =>
        BadInput.AssertProblem(await User.EnrollPhoneAsync("020 1234567 x12", "call"), 400, "has-extension");

    [Fact]
    public void Each_extension_of_a_number_has_its_own_limits()
    {
        var names = Laptop.Head.Services.GetRequiredService<RowNames>();
        var keys = new[] { "", ";ext=1", ";ext=2" }.Select(rest => names.NumberKey(PhoneNumber.FromTel(Phone.Number + rest)));
        Assert.Equal(3, keys.Distinct().Count());
    }

    /// <summary>The directory gets the number with its extension; the user presses Contact me.</summary>
    protected async Task<string> ContactOfficeAsync(string dial, string? knows = null, string? events = null, string? tones = null)
    {
        await Phone.HabitAsync(calls: "switchboard", events: events, tones: tones, extensions: knows ?? dial.Replace("w", "", StringComparison.Ordinal));
        await ChangeAccountAsync(account => account with { OfficePhone = PhoneNumber.FromTel($"{Phone.Number};ext={dial}") });
        var enrollment = await User.PostAsync("me/enrollments", new JsonObject { ["method"] = "officePhone" });
        Assert.Equal(201, enrollment.Status);
        Assert.Equal(202, (await User.ContactAsync(enrollment["id"])).Status);
        return enrollment["id"];
    }

    // What is said while it rings is not heard; a key counts once the carrier listens.
    protected static async Task PressWhenAskedAsync(Handset desk)
    {
        await Handset.UntilAsync(desk.CallAsync, call => (bool?)call!["listening"] == true, "a question");
        await desk.PressAsync("#");
    }

    private IEnumerable<string> InOrder() => Laptop.Carrier.Requests.OrderBy(r => r.Number).Select(What);
}

/// <summary>Extensions by Azure Communication Services, which tells what became of tones.</summary>
public sealed class OfficeExtensionsByAcs(Storage storage) : OfficeExtensions(storage)
{
    [Fact]
    public async Task Tones_that_the_carrier_could_not_send_fail_the_call_and_the_next_one_tries_again()
    {
        using var desk = Phone.At("12");
        var id = await ContactOfficeAsync("12", tones: "fail");
        await User.WaitForAsync(id, seen => seen.Text("verification.reason") == "extension-failed");
        await Phone.HabitAsync(calls: "switchboard", extensions: "12");
        await desk.AnswerAsync();
        await PressWhenAskedAsync(desk);
        await User.WaitForVerificationAsync(id, "verified");
    }

    protected override string What(Tapped request) => request.Path.Split('?')[0] switch
    {
        "/calling/callConnections" => "call",
        var path when path.EndsWith(":sendDtmfTones", StringComparison.Ordinal) => Tones,
        var path when path.EndsWith(":recognize", StringComparison.Ordinal) => Question,
        _ => "",
    };
}
