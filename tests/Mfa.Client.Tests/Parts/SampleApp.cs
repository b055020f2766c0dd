using System.Diagnostics;

namespace Mfa.Client.Tests;

/// <summary>A sample, as <c>dotnet run</c> starts it.</summary>
internal sealed class SampleApp : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _home = Directory.CreateTempSubdirectory("mfa-sample-").FullName;

    private SampleApp(string name, string url, string[] settings)
    {
        Url = url;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, name + ".dll"), "--urls", url, .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _home,
        };
        // Its cookies' keys go there.
        start.Environment["HOME"] = _home;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Seen.Lines.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => Seen.Lines.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Url { get; }

    /// <param name="name">Its assembly.</param>
    /// <param name="url">Where it listens.</param>
    /// <param name="page">A page of it that nobody has to sign in for.</param>
    /// <param name="settings">Its settings, as its arguments.</param>
    public static async Task<SampleApp> StartAsync(string name, string url, string page, params string[] settings)
    {
        var app = new SampleApp(name, url, settings);
        using var browser = app.NewBrowser();
        await Handset.UntilAsync(
            async () =>
            {
                try
                {
                    return await browser.GoAsync(page);
                }
                catch (HttpRequestException)
                {
                    return "";
                }
            },
            shown => shown.Length > 0,
            "sample that serves",
            60);
        return app;
    }

    public FormBrowser NewBrowser() => new(Url);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_home, recursive: true);
    }
}
