namespace Mfa.VirtualPhone.Tests;

/// <summary>A phone in the hand of a test.</summary>
internal sealed class Handset(HttpClient http, string number)
{
    public async Task<JsonElement> Look(string query = "") => await http.GetFromJsonAsync<JsonElement>($"/phones/{number}{query}");

    public async Task<JsonElement> Post(string what, object? body = null)
    {
        using var answer = await http.PostAsync($"/phones/{number}/{what}", body is null ? null : JsonContent.Create(body));
        Assert.True(answer.IsSuccessStatusCode, $"{what}: {answer.StatusCode}");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async Task<int> TryPost(string what, object? body = null)
    {
        using var answer = await http.PostAsync($"/phones/{number}/{what}", body is null ? null : JsonContent.Create(body));
        return (int)answer.StatusCode;
    }

    public async Task<int> Habit(object habit)
    {
        using var answer = await http.PutAsJsonAsync($"/phones/{number}/habit", habit);
        return (int)answer.StatusCode;
    }

    public async Task Reset()
    {
        using var answer = await http.DeleteAsync(new Uri($"/phones/{number}", UriKind.Relative));
        Assert.True(answer.IsSuccessStatusCode);
    }

    /// <summary>Waits until the phone looks as wanted.</summary>
    public async Task<JsonElement> Until(Func<JsonElement, bool> wanted)
    {
        var phone = await Look();
        for (var looks = 0; !wanted(phone); looks++)
        {
            Assert.True(looks < 20, "The phone never looked as wanted.");
            phone = await Look($"?wait=5&seen={phone.GetProperty("version").GetInt64()}");
        }

        return phone;
    }
}
