using System.Text;
using Xunit;

namespace Mfa.Contract;

public sealed partial class TwilioProofs
{
    [Fact]
    public async Task Nobody_learns_without_a_proof_whether_there_is_a_verification()
    {
        var (id, path, fields) = await AskedAsync();
        var known = (await User.SeeAsync(id))["verification.id"];
        var answers = new List<(int, string)>();
        foreach (var verification in new[] { known, known[..^1] + "7", known[..20] + "aaaaaa" + known[26..], "nonsense" })
        {
            foreach (var token in new[] { null, s_new })
            {
                answers.Add(await new TwilioPost(path.Replace(known, verification, StringComparison.Ordinal), fields).SendAsync(Laptop.Url, token));
                answers.Add(await new TwilioPost($"/callbacks/texts?verification={verification}&send=1", fields).SendAsync(Laptop.Url, token));
            }
        }

        Assert.Single(answers.Distinct());
        AssertRefused(answers[0]);
    }

    [Fact]
    public async Task The_wire_of_the_carrier_that_is_not_set_is_nobodys()
    {
        var (_, path, fields) = await AskedAsync();
        using var http = new HttpClient();
        foreach (var to in new[] { path, "/callbacks/texts" })
        {
            using var json = new StringContent("[]", Encoding.UTF8, "application/json");
            json.Headers.Add("X-Mfa-Events-Secret", Laptop.Settings["Carrier:TextEventsSecrets"]);
            Assert.Equal(401, (int)(await http.PostAsync(Laptop.Url + to, json)).StatusCode);
        }

        var acs = await Laptop.AddHeadAsync(settings: new() { ["Carrier:Kind"] = "acs" });
        var here = acs.Url.ToString().TrimEnd('/');
        Assert.Equal(401, (await new TwilioPost(path, fields).SendAsync(here, Token)).Status);
        Assert.Equal(401, (await Received("STOP").SendAsync(here, Token)).Status);
    }

    [Theory]
    [InlineData("large", 413)]
    [InlineData("fields", 403)]
    [InlineData("multipart", 403)]
    [InlineData("nonsense", 403)]
    [InlineData("empty", 403)]
    public async Task A_form_of_nobodys_costs_nothing(string form, int refused)
    {
        using HttpContent content = form switch
        {
            "large" => new FormUrlEncodedContent([KeyValuePair.Create("a", new string('a', 70_000))]),
            "fields" => new FormUrlEncodedContent(Enumerable.Range(0, 900).Select(n => KeyValuePair.Create($"f{n}", "1"))),
            "multipart" => new MultipartFormDataContent { { new StringContent("#"), "Digits" } },
            "nonsense" => new StringContent("%zz=%&&&=%ff\0", Encoding.UTF8, "application/x-www-form-urlencoded"),
            _ => new StringContent("", Encoding.UTF8, "application/x-www-form-urlencoded"),
        };
        content.Headers.TryAddWithoutValidation("X-Twilio-Signature", Convert.ToBase64String(new byte[20]));
        using var http = new HttpClient();
        using var answer = await http.PostAsync(Laptop.Url + "/callbacks/texts", content);
        Assert.Equal(refused, (int)answer.StatusCode);
        using var many = new FormUrlEncodedContent(Enumerable.Range(0, 3000).Select(n => KeyValuePair.Create($"f{n}", "1")));
        many.Headers.TryAddWithoutValidation("X-Twilio-Signature", "x");
        Assert.InRange((int)(await http.PostAsync(Laptop.Url + "/callbacks/texts", many)).StatusCode, 400, 499);
    }
}
