using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Mfa.Peers;

namespace Mfa.Benchmarks;

/// <summary>How many sign-ins FreeRADIUS and a head answer in a second, beside what the head alone answers.</summary>
internal static class RadiusRoundTrips
{
    private const int AtOnce = 32;
    private const int Users = 100;

    public static async Task RunAsync(int requests)
    {
        var storage = new Storage();
        await using var _ = storage;
        await storage.InitializeAsync();
        await using var laptop = await Laptop.StartAsync(storage, new()
        {
            ["Storage:ConnectionString"] = Storage.Connection(storage.Tables, storage.Queues),
            ["Policy:ChallengesADay"] = "1000000",
        });
        using var admin = await Admin.SignInAsync(laptop);
        var ids = new List<string>();
        for (var i = 0; i < Users; i++)
        {
            using var person = await laptop.SignInAsync();
            await NameAsync(person.Id);
            await person.SetUpAppAsync();
            ids.Add(person.Id);
        }

        await using var radius = await FreeRadius.StartAsync(laptop.Url);
        using var shop = await laptop.RelyingPartyAsync();
        // Known to the service, and not required.
        var others = Enumerable.Range(0, Users).Select(_ => Person.NewName()).ToList();
        foreach (var other in others)
        {
            await NameAsync(other);
        }

        foreach (var (name, who) in new (string, Func<int, string>)[] { ("let in without a second step", i => others[i % Users]), ("challenged", i => ids[i % Users]) })
        {
            await radius.SendAsync(Enumerable.Range(0, Users).Select(who), AtOnce);
            var alone = await RateAsync(requests, () => Parallel.ForEachAsync(Enumerable.Range(0, requests), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
            {
                var answer = await shop.PostAsync("challenges", new JsonObject { ["userName"] = $"{who(i)}@contoso.example", ["application"] = "VPN" });
                if (answer.Status != 201)
                {
                    throw new InvalidOperationException(answer.ToString());
                }
            }));
            var both = await RateAsync(requests, () => radius.SendAsync(Enumerable.Range(0, requests).Select(who), AtOnce));
            Console.WriteLine($"{name,-32}{alone,8:0} a second of the head alone{both,8:0} by RADIUS{both / alone,8:0.00}");
        }

        Task<Reply> NameAsync(string id) => admin.SendAsync(HttpMethod.Put, $"admin/users/{id}", new StringContent(new JsonObject { ["userName"] = $"{id}@contoso.example" }.ToJsonString(), Encoding.UTF8, "application/json"));
    }

    private static async Task<double> RateAsync(int requests, Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        return requests / watch.Elapsed.TotalSeconds;
    }
}
