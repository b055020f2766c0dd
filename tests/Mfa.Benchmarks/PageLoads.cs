using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Mfa.Benchmarks;

/// <summary>When the set-up page is seen and can be used, beside an empty page of the same head: a script of it, which the browser shows as text, under the same headers.</summary>
internal static partial class PageLoads
{
    private const string SetUp = "/";

    // The first thing to see, and when the page's scripts have run; the text can be used when it is seen.
    private const string Times = """
        async () => {
          const paint = await new Promise((seen) => new PerformanceObserver((list) => list.getEntriesByName("first-contentful-paint").forEach((e) => seen(e.startTime))).observe({ type: "paint", buffered: true }));
          return [paint, performance.getEntriesByName("usable")[0]?.startTime ?? paint];
        }
        """;

    public static async Task RunAsync(int loads)
    {
        var storage = new Storage();
        await using var _ = storage;
        await storage.InitializeAsync();
        await using var laptop = await Laptop.StartAsync(storage, new()
        {
            ["Storage:ConnectionString"] = Storage.Connection(storage.Tables, storage.Queues),
            // Nobody can sign in, so the page stays, and waits for nobody.
            ["Pages:ClientId"] = "",
        });
        // As people have it.
        await using var chromium = await ChromiumBrowser.StartWholeAsync();
        var browser = chromium.Browser;
        using var http = new HttpClient { BaseAddress = new(laptop.Url) };
        var plainPage = Script().Match(await http.GetStringAsync(new Uri(SetUp, UriKind.Relative))).Groups[1].Value + "/once.js";
        foreach (var kept in new[] { false, true })
        {
            var (plain, setUp) = (new List<double[]>(), new List<double[]>());
            await using var keeps = await browser.NewContextAsync();
            for (var i = -3; i < loads; i++)
            {
                // In turn, so that both meet the same machine; the first few warm the head and the browser up.
                foreach (var (path, all) in new[] { (plainPage, plain), (SetUp, setUp) })
                {
                    var times = await LoadAsync(kept ? keeps : null, browser, laptop.Url + path);
                    if (i >= 0)
                    {
                        all.Add(times);
                    }
                }
            }

            for (var what = 0; what < 2; what++)
            {
                var (a, b) = (Middle(plain, what), Middle(setUp, what));
                Console.WriteLine($"{(kept ? "kept by the browser" : "the first time"),-20}{(what == 0 ? "first contentful paint" : "usable"),-24}an empty page {a,6:0.0} ms   set-up {b,6:0.0} ms   ratio {b / a:0.00}");
            }
        }
    }

    private static async Task<double[]> LoadAsync(IBrowserContext? kept, IBrowser browser, string url)
    {
        var context = kept ?? await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(url);
        var times = (await page.EvaluateAsync<JsonElement>(Times)).EnumerateArray().Select(t => t.GetDouble()).ToArray();
        await page.CloseAsync();
        if (kept is null)
        {
            await context.CloseAsync();
        }

        return times;
    }

    private static double Middle(List<double[]> all, int what) => all.Select(t => t[what]).Order().ElementAt(all.Count / 2);

    [GeneratedRegex("src=\"(/pages/[^/]+)")]
    private static partial Regex Script();
}
