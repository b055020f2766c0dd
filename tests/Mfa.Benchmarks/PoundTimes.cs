using System.Diagnostics;

namespace Mfa.Benchmarks;

/// <summary>How long it takes from # to <c>verified</c> on a page that waits, by Twilio's wire beside that of Azure Communication Services.</summary>
internal static class PoundTimes
{
    private const int WarmUp = 5;

    public static async Task RunAsync(int calls)
    {
        var storage = new Storage();
        await using var _ = storage;
        await storage.InitializeAsync();
        await using var acs = await StartAsync(storage, "acs");
        await using var twilio = await StartAsync(storage, "twilio");
        var (byAcs, byTwilio) = (new List<double>(), new List<double>());
        for (var i = -WarmUp; i < calls; i++)
        {
            // In turn, so that both meet the same machine.
            foreach (var (laptop, all) in new[] { (acs, byAcs), (twilio, byTwilio) })
            {
                var time = await PressAsync(laptop);
                if (i >= 0)
                {
                    all.Add(time);
                }
            }
        }

        foreach (var part in new[] { 0.5, 0.95 })
        {
            var (a, b) = (At(byAcs, part), At(byTwilio, part));
            Console.WriteLine($"# to verified, p{part * 100:0}   ACS {a,6:0.0} ms   Twilio {b,6:0.0} ms   ratio {b / a:0.00}");
        }
    }

    private static Task<Laptop> StartAsync(Storage storage, string carrier) => Laptop.StartAsync(storage, new()
    {
        ["Storage:ConnectionString"] = Storage.Connection(storage.Tables, storage.Queues),
        ["Carrier:Kind"] = carrier,
    });

    private static async Task<double> PressAsync(Laptop laptop)
    {
        using var user = await laptop.SignInAsync();
        using var phone = new Handset(laptop.Network, Handset.NewNumber());
        var id = (await user.EnrollPhoneAsync(phone.Number, "call"))["id"];
        await user.ContactAsync(id);
        await phone.AnswerAsync();
        await phone.SaysAsync("press the pound key");
        await Handset.UntilAsync(phone.CallAsync, call => (bool?)call?["listening"] == true, "a question");
        // Nothing else is on its way any more.
        await Task.Delay(300);
        var waiting = user.WaitForVerificationAsync(id, "verified");
        await Task.Delay(100);
        var watch = Stopwatch.StartNew();
        await phone.PressAsync("#");
        await waiting;
        var time = watch.Elapsed.TotalMilliseconds;
        await phone.EndsAsync();
        return time;
    }

    private static double At(List<double> all, double part) => all.Order().ElementAt((int)(all.Count * part));
}
