using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Mfa.Peers;

/// <summary>A test of a user at a VPN gateway: FreeRADIUS before a laptop, and the wire between the two.</summary>
public abstract class RadiusTest(Storage storage) : LaptopTest(storage)
{
    /// <summary>The password that FreeRADIUS knows of everybody.</summary>
    protected const string Password = "demo";

    protected FreeRadius Radius { get; private set; } = null!;

    /// <summary>Between FreeRADIUS and the backend.</summary>
    protected Tap Wire { get; private set; } = null!;

    /// <summary>What the user types as a name.</summary>
    protected string Name => User.Id;

    /// <summary>Another client's settings.</summary>
    protected virtual string? Client => null;

    /// <summary>The address of the client that the user is at.</summary>
    protected virtual string From => "127.0.0.1";

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await NameAsync(User);
        Wire = await Tap.StartAsync(Laptop.Url);
        Radius = await FreeRadius.StartAsync(Wire.Url, SetUpAsync);
    }

    public override async ValueTask DisposeAsync()
    {
        if (Radius is not null)
        {
            await Radius.DisposeAsync();
        }

        if (Wire is not null)
        {
            await Wire.DisposeAsync();
        }

        GC.SuppressFinalize(this);
        await base.DisposeAsync();
    }

    /// <summary>Tells the service what a user is called, as an admin does.</summary>
    protected async Task NameAsync(Person person, string? name = null)
    {
        using var admin = await Admin.SignInAsync(Laptop);
        var told = await admin.SendAsync(HttpMethod.Put, $"admin/users/{person.Id}", new StringContent(new JsonObject { ["userName"] = name ?? $"{person.Id}@contoso.example", ["required"] = true }.ToJsonString(), Encoding.UTF8, "application/json"));
        Assert.InRange(told.Status, 200, 201);
    }

    /// <summary>What is done before FreeRADIUS starts.</summary>
    protected virtual Task SetUpAsync(HowToTerminal terminal) => Client is null ? Task.CompletedTask : terminal.RunAsync($$"""
        cat >> /etc/freeradius/3.0/clients.conf <<'END'
        client gate {
            ipaddr = {{From}}
            secret = "{{FreeRadius.Secret}}"
            require_message_authenticator = yes
            {{Client}}
        }
        END
        """);

    /// <summary>What went over the wire.</summary>
    protected string Asked => string.Join('\n', Wire.Requests.Select(r => $"{r.Method} {r.Path} {r.Body}"));

    /// <summary>Types something, and is asked for more.</summary>
    protected async Task<RadiusAnswer> ChallengedAsync(string typed, string words, RadiusAnswer? before = null)
    {
        var answer = await Radius.AskAsync(Name, typed, before?.State, from: From);
        Assert.True(answer.Packet == "Access-Challenge" && answer.Message.Contains(words, StringComparison.Ordinal), $"{answer}\n{Asked}");
        Assert.NotNull(answer.State);
        return answer;
    }

    /// <summary>Types something, and that is the end of it.</summary>
    protected async Task<RadiusAnswer> EndsAsync(string packet, string typed, RadiusAnswer? before = null, string? name = null)
    {
        var answer = await Radius.AskAsync(name ?? Name, typed, before?.State, from: From);
        Assert.True(answer.Packet == packet, answer.ToString());
        Assert.Contains("Message-Authenticator", answer.Text[answer.Text.IndexOf("Received", StringComparison.Ordinal)..], StringComparison.Ordinal);
        return answer;
    }
}
