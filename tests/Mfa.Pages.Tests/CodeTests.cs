using System.Security.Cryptography;
using System.Text.Json;
using Xunit;

namespace Mfa.Pages.Tests;

/// <summary>Codes by time, in the browser's own cryptography.</summary>
public sealed class CodeTests(Chromium chromium, AppFiles files, Storage storage)
{
    private const string Modules = "const { parseOtpauth, code, stepAt } = await import('/authenticator/codes.js');";
    private const string Base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    [Fact]
    public async Task They_are_what_oathtool_makes_for_every_algorithm_length_and_period()
    {
        await using var app = await App.Open(chromium.Browser, files);
        foreach (var algorithm in new[] { "SHA1", "SHA256", "SHA512" })
        {
            foreach (var (digits, period) in new[] { (6, 30), (8, 30), (6, 60), (8, 60) })
            {
                foreach (var second in new[] { 59L, 1111111109, 1234567890, 20000000000, DateTimeOffset.UtcNow.ToUnixTimeSeconds() })
                {
                    // Every length, so that the last letter of base32 is partly padding.
                    var secret = RandomNumberGenerator.GetBytes(RandomNumberGenerator.GetInt32(1, 80));
                    var uri = $"otpauth://totp/Test:a?secret={Encode(secret)}&algorithm={algorithm}&digits={digits}&period={period}";
                    var shown = await app.Page.EvaluateAsync<string>($$"""
                        async ([uri, now]) => {
                          {{Modules}}
                          const seed = parseOtpauth(uri);
                          const key = await crypto.subtle.importKey("raw", seed.secret, { name: "HMAC", hash: seed.algorithm }, false, ["sign"]);
                          return code(key, seed, stepAt(seed, now));
                        }
                        """, new object[] { uri, second * 1000 });
                    Assert.Equal(await Oathtool.CodeAsync(secret, second, algorithm, digits, period), shown);
                }
            }
        }
    }

    [Theory]
    [InlineData("otpauth://totp/Big%20Corp%3Aalice%40example.com?secret=JBSW+Y3DP-EHPK3PXP&issuer=Big%20Corp", "Big Corp|alice@example.com|SHA-1|6|30")]
    [InlineData("OTPAUTH://TOTP/alice?secret=jbswy3dpehpk3pxp%3D%3D&algorithm=sha512&digits=8&period=15", "|alice|SHA-512|8|15")]
    [InlineData("otpauth://totp/100%25:%E2%82%AC?secret=JBSWY3DPEHPK3PXP&algorithm=SHA-256", "100%|€|SHA-256|6|30")]
    [InlineData("otpauth://hotp/a?secret=JBSWY3DPEHPK3PXP&counter=1", "counter-based")]
    [InlineData("otpauth://totp/a?secret=JBSWY3DPEHPK3PX1", "bad-secret")]
    [InlineData("otpauth://totp/a?secret=", "bad-secret")]
    [InlineData("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&algorithm=MD5", "unknown-algorithm")]
    [InlineData("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&digits=5", "unknown-digits")]
    [InlineData("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP&period=0", "unknown-period")]
    [InlineData("otpauth://steam/a?secret=JBSWY3DPEHPK3PXP", "not-a-code")]
    public async Task A_URI_is_read_as_people_write_it_or_refused_by_name(string uri, string expected)
    {
        await using var app = await App.Open(chromium.Browser, files);
        var read = await app.Page.EvaluateAsync<string>($$"""
            async (uri) => {
              {{Modules}}
              try {
                const s = parseOtpauth(uri);
                return [s.issuer, s.name, s.algorithm, s.digits, s.period].join("|");
              } catch (fault) {
                return fault.code;
              }
            }
            """, uri);
        Assert.Equal(expected, read);
    }

    [Fact]
    public async Task The_list_shows_and_copies_the_code_of_now()
    {
        await using var app = await App.Open(chromium.Browser, files);
        var secret = RandomNumberGenerator.GetBytes(20);
        await app.AddSeed($"otpauth://totp/Bank:alice?secret={Encode(secret)}&algorithm=SHA256&digits=8&period=60");
        Assert.Contains(await app.Code(), await Oathtool.NowAsync(secret, "SHA256", 8, 60));
        await app.Page.Locator(".code").ClickAsync();
        await app.Sees("Code copied");
        var copied = await app.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");
        // In its last two seconds the next one is copied.
        string[] good = [.. await Oathtool.NowAsync(secret, "SHA256", 8, 60), await Oathtool.CodeAsync(secret, DateTimeOffset.UtcNow.ToUnixTimeSeconds() + 3, "SHA256", 8, 60)];
        Assert.Contains(copied, good);
    }

    [Fact]
    public async Task No_script_can_read_what_the_device_keeps()
    {
        await using var service = await Service.Start(storage);
        await using var app = await App.Open(chromium.Browser, service);
        await app.Activate();
        var kept = await app.Page.EvaluateAsync<JsonElement>("""
            async () => {
              const { accounts, value } = await import("/authenticator/store.js");
              const [account] = await accounts();
              const seal = await value("seal");
              return { names: Object.keys(account), device: account.device.key.extractable, kind: account.device.key.algorithm.namedCurve, seal: seal.extractable, sealed: account.sealed.data.byteLength };
            }
            """);
        Assert.False(kept.GetProperty("device").GetBoolean());
        Assert.False(kept.GetProperty("seal").GetBoolean());
        Assert.Equal("P-256", kept.GetProperty("kind").GetString());
        // 20 bytes and a tag of 16: the seed lies there in its sealed form only.
        Assert.Equal(36, kept.GetProperty("sealed").GetInt32());
        Assert.DoesNotContain("secret", kept.GetProperty("names").EnumerateArray().Select(n => n.GetString()));
    }

    [Fact]
    public async Task What_is_signed_for_is_what_the_page_of_the_protocol_says()
    {
        var page = await File.ReadAllLinesAsync(Path.Combine(ProjectFolder.Path, "../../docs/authenticator.md"));
        var item = page.Single(l => l.StartsWith("{\"account\":", StringComparison.Ordinal));
        var hash = page.Last(l => System.Text.RegularExpressions.Regex.IsMatch(l, "^PnZ[\\w-]{40}$"));
        await using var app = await App.Open(chromium.Browser, files);
        var made = await app.Page.EvaluateAsync<string[]>("""
            async (item) => {
              const { canonical } = await import("/authenticator/canonical.js");
              const { sha256 } = await import("/authenticator/bytes.js");
              const shuffled = Object.fromEntries(Object.entries(JSON.parse(item)).reverse());
              return [canonical(shuffled), await sha256(canonical(shuffled))];
            }
            """, item);
        Assert.Equal([item, hash], made);
    }

    internal static string Encode(byte[] bytes)
    {
        var bits = string.Concat(bytes.Select(b => b.ToString("b8", null)));
        return string.Concat(bits.Chunk(5).Select(c => Base32[Convert.ToInt32(new string(c).PadRight(5, '0'), 2)]));
    }
}
