using Xunit;

namespace Mfa.Contract;

/// <summary>What hot requests cost, counted on the wire. The clock does not run, so nobody else is counted.</summary>
public sealed class StorageBudget(Storage storage) : IAsyncLifetime
{
    private Laptop _laptop = null!;
    private Person _user = null!;
    private Handset _phone = null!;

    public async ValueTask InitializeAsync()
    {
        _laptop = await Laptop.StartAsync(storage, new() { ["Local:ClockRuns"] = "false" });
        _user = await _laptop.SignInAsync();
        _phone = _laptop.NewPhone();
        // The report of a delivered text is a request of its own, and isn't counted here.
        _laptop.SendTextEventsTo("http://127.0.0.1:9");
    }

    public ValueTask DisposeAsync()
    {
        _user.Dispose();
        return _laptop.DisposeAsync();
    }

    [Theory]
    [InlineData("text")]
    [InlineData("call")]
    public async Task Contact_me_costs_two_reads_and_three_writes(string delivery)
    {
        var id = (await _user.EnrollPhoneAsync(_phone.Number, delivery))["id"];
        _laptop.Tables.Forget();
        await _user.ContactAsync(id);
        AssertCost(reads: 2, writes: 3);
    }

    [Fact]
    public async Task A_text_code_costs_one_read_and_one_batch()
    {
        var id = await ContactAsync("text");
        var code = await _phone.CodeAsync();
        await _user.WaitForAsync(id, r => r["version"] == "3");
        _laptop.Tables.Forget();
        Assert.Equal(200, (await _user.VerifyAsync(id, code)).Status);
        AssertCost(reads: 1, writes: 1);
        Assert.Contains(_laptop.Tables.Requests, r => r.Path.EndsWith("$batch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_code_costs_one_read_and_one_write()
    {
        var id = await ContactAsync("text");
        var wrong = Failures.Wrong(await _phone.CodeAsync());
        _laptop.Tables.Forget();
        Assert.Equal(422, (await _user.VerifyAsync(id, wrong)).Status);
        AssertCost(reads: 1, writes: 1);
    }

    [Fact]
    public async Task An_authenticator_code_costs_one_read_and_one_batch()
    {
        var enrollment = await _user.EnrollAppAsync();
        await _user.ContactAsync(enrollment["id"]);
        var code = await Tool.RunAsync("oathtool", "--totp", "--base32", enrollment["activation.secretKey"].Replace(" ", "", StringComparison.Ordinal));
        _laptop.Tables.Forget();
        Assert.Equal(200, (await _user.VerifyAsync(enrollment["id"], code)).Status);
        AssertCost(reads: 1, writes: 1);
        Assert.Contains(_laptop.Tables.Requests, r => r.Path.EndsWith("$batch", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pound_costs_one_read_and_one_batch_until_verified_can_be_seen()
    {
        var id = await ContactAsync("call");
        await _phone.AnswerAsync();
        await _phone.SaysAsync("press the pound key");
        var asked = await _user.WaitForAsync(id, r => long.Parse(r["version"], System.Globalization.CultureInfo.InvariantCulture) >= 5);

        // The answer to the first write is held back: by then all that verifying costs has been asked for.
        var verified = new TaskCompletionSource();
        _laptop.Tables.Forget();
        _laptop.Tables.Done = r =>
        {
            if (r.Path.EndsWith("$batch", StringComparison.Ordinal))
            {
                verified.TrySetResult();
            }

            return Task.FromResult(Pass.Through);
        };
        await _phone.PressAsync("#");
        await verified.Task.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        AssertCost(reads: 1, writes: 1);
        Assert.Equal("verified", (await _user.SeeAsync(id))["state"]);
    }

    [Fact]
    public async Task A_waiting_get_looks_at_most_once_a_second_and_answers_a_change_at_once()
    {
        var id = await ContactAsync("text");
        var code = await _phone.CodeAsync();
        var version = (await _user.WaitForAsync(id, r => r["version"] == "3"))["version"];
        _laptop.Tables.Forget();
        var nothing = await _user.GetAsync($"me/enrollments/{id}?wait=3&seen={version}");
        Assert.Equal(version, nothing["version"]);
        Assert.InRange(_laptop.Tables.Count(r => !r.IsWrite), 1, 4);

        // Within the same process the save itself tells those who wait: they look once more, and not a second later.
        _laptop.Tables.Forget();
        var waiting = _user.GetAsync($"me/enrollments/{id}?wait=25&seen={version}");
        await Handset.UntilAsync(() => Task.FromResult(_laptop.Tables.Count(r => !r.IsWrite)), n => n >= 1, "the first look");
        await _user.VerifyAsync(id, code);
        Assert.Equal("verified", (await waiting)["state"]);
    }

    private async Task<string> ContactAsync(string delivery)
    {
        var id = (await _user.EnrollPhoneAsync(_phone.Number, delivery))["id"];
        Assert.Equal(202, (await _user.ContactAsync(id)).Status);
        return id;
    }

    private void AssertCost(int reads, int writes)
    {
        var paid = string.Join(Environment.NewLine, _laptop.Tables.Requests.Select(r => $"{r.Method} {r.Path.Split('?')[0].Split('/')[^1]}"));
        Assert.True(_laptop.Tables.Count(r => !r.IsWrite) <= reads && _laptop.Tables.Count(r => r.IsWrite) <= writes, paid);
    }
}
