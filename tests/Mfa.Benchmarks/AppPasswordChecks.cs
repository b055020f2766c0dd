using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Mfa.Benchmarks;

/// <summary>How many app passwords a head checks in a second, beside what it does anyway for a request that reads one row.</summary>
internal static class AppPasswordChecks
{
    private const int AtOnce = 32;

    public static async Task RunAsync(int requests)
    {
        var storage = new Storage();
        await using var _ = storage;
        await storage.InitializeAsync();
        await using var laptop = await Laptop.StartAsync(storage, new()
        {
            // Without the wire that tests listen to.
            ["Storage:ConnectionString"] = Storage.Connection(storage.Tables, storage.Queues),
            ["Policy:AppPasswords"] = "true",
            ["Policy:WrongAppPasswordsAnHour"] = "1000000",
            ["Policy:WrongAppPasswordsADay"] = "1000000",
        });
        using var mail = await laptop.RelyingPartyAsync("mail");
        // A hundred users: one account's writes wait for each other.
        var users = new List<(Person Person, string Password)>();
        for (var i = 0; i < 100; i++)
        {
            var person = await laptop.SignInAsync();
            using var device = new DeviceApp(laptop.Url);
            var step = (await person.SetUpDeviceAsync(device))["assertion"];
            users.Add((person, (await person.PostAsync("me/app-passwords", null, ("Mfa-Assertion", step)))["password"]));
        }

        Task<Reply> CheckAsync(int i, string password) => mail.PostAsync("app-passwords/verify", new JsonObject { ["user"] = users[i % users.Count].Person.Id, ["password"] = password });
        var kinds = new (string Name, Func<int, Task<Reply>> Ask)[]
        {
            ("one row read, the bare pipeline", i => users[i % users.Count].Person.GetAsync("me/app-passwords")),
            ("right, already noted today", i => CheckAsync(i, users[i % users.Count].Password)),
            ("wrong, shown before", i => CheckAsync(i, "aaaabbbbccccdddd")),
            ("wrong, new: a write", i => CheckAsync(i, Letters(i))),
            ("without the form of one: no read", i => CheckAsync(i, "the account's own")),
        };
        // Each first: connections, the day's first notes.
        foreach (var (_, ask) in kinds[..3])
        {
            await MeasureAsync(users.Count * 2, ask);
        }

        var bare = 0.0;
        foreach (var (name, ask) in kinds)
        {
            var rate = await MeasureAsync(requests, ask);
            bare = bare == 0 ? rate : bare;
            Console.WriteLine($"{name,-36}{rate,8:0} a second{rate / bare,8:0.00} of the bare pipeline");
        }

        users.ForEach(u => u.Person.Dispose());
    }

    // Sixteen letters that no other request has.
    private static string Letters(int i) => "ppppqqqq" + string.Concat(Enumerable.Range(0, 8).Select(n => (char)('p' + (i >> (3 * n) & 7))));

    private static async Task<double> MeasureAsync(int requests, Func<int, Task<Reply>> ask)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, requests), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            var answer = await ask(i);
            if (answer.Status != 200)
            {
                throw new InvalidOperationException(answer.ToString());
            }
        });
        return requests / watch.Elapsed.TotalSeconds;
    }
}
