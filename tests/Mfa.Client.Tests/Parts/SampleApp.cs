using System.Diagnostics;

namespace Mfa.Client.Tests;

/// <summary>The sample, as <c>dotnet run</c> starts it.</summary>
internal sealed class SampleApp : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _home = Directory.CreateTempSubdirectory("mfa-sample-").FullName;

    private SampleApp(string url, string service, string issuer)
    {
        Url = url;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "RelyingParty.dll"), "--urls", url, "--Mfa:BaseAddress", service, "--Mfa:Issuer", issuer])
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

    /// <param name="url">Where it listens.</param>
    /// <param name="service">The service.</param>
    /// <param name="issuer">Who signs its assertions.</param>
    public static async Task<SampleApp> StartAsync(string url, string service, string issuer)
    {
        var app = new SampleApp(url, service, issuer);
        using var browser = app.NewBrowser();
        await Handset.UntilAsync(
            async () =>
            {
                try
                {
                    return await browser.GoAsync("/sign-in");
                }
                catch (HttpRequestException)
                {
                    return "";
                }
            },
            page => page.Length > 0,
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
