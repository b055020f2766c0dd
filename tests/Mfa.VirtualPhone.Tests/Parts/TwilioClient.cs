using System.Net.Http.Headers;
using System.Text;

namespace Mfa.VirtualPhone.Tests;

/// <summary>A client of Twilio's wire in raw HTTP, which shares no code with the network.</summary>
internal sealed class TwilioClient(Network net)
{
    public const string Number = "+18005550199";

    public string User { get; set; } = net.Options.TwilioAccountSid;

    public string Password { get; set; } = net.Options.TwilioAuthToken;

    public string Account { get; set; } = net.Options.TwilioAccountSid;

    public Task<TwilioAnswer> Get(string path) => Send(HttpMethod.Get, path, []);

    public Task<TwilioAnswer> Post(string path, params (string Name, string Value)[] form) => Send(HttpMethod.Post, path, form);

    /// <summary>Sends a text to the phone; a field that is given stands instead of the usual one, and an empty one leaves it out.</summary>
    public Task<TwilioAnswer> Text(params (string Name, string Value)[] form) =>
        Post("Messages.json", Over(form, ("To", "+" + Network.Alice), ("From", Number), ("Body", "Good day")));

    /// <summary>Calls the phone.</summary>
    public Task<TwilioAnswer> Call(params (string Name, string Value)[] form) =>
        Post("Calls.json", Over(form, ("To", "+" + Network.Alice), ("From", Number)));

    private static (string, string)[] Over((string Name, string Value)[] form, params (string Name, string Value)[] usual) =>
        [.. usual.Where(one => form.All(other => other.Name != one.Name)).Concat(form).Where(one => one.Value.Length > 0)];

    private async Task<TwilioAnswer> Send(HttpMethod method, string path, (string Name, string Value)[] form)
    {
        var target = path.StartsWith('/') ? path : $"/2010-04-01/Accounts/{Account}/{path}";
        using var request = new HttpRequestMessage(method, target);
        if (form.Length > 0) { request.Content = new FormUrlEncodedContent(form.Select(one => KeyValuePair.Create(one.Name, one.Value))); }
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{User}:{Password}")));
        using var response = await net.Http.SendAsync(request);
        return new((int)response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}

internal sealed record TwilioAnswer(int Status, JsonElement Body)
{
    public int Code => Body.GetProperty("code").GetInt32();

    public string? this[string name] => Body.GetProperty(name).ToString();
}
