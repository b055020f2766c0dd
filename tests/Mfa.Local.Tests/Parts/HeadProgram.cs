using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Mfa.Local.Tests;

/// <summary>The program itself, in a process and a folder of its own, on free ports.</summary>
internal sealed class HeadProgram : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    public HeadProgram(string? azuriteFolder = null, int? azurite = null, string? path = null, params (string Name, string Value)[] settings)
    {
        Azurite = new(azurite ?? FreePorts.Take(3));
        if (azuriteFolder is not null)
        {
            Directory.CreateDirectory(_folder[".azurite"]);
            foreach (var note in Directory.GetFiles(azuriteFolder, "*.path"))
            {
                File.Copy(note, Path.Combine(_folder[".azurite"], Path.GetFileName(note)));
            }
        }

        Port = FreePorts.Take(1);
        var start = new ProcessStartInfo(Dotnet, [typeof(LocalHead).Assembly.Location])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Path,
        };
        start.Environment["Local__Url"] = $"http://127.0.0.1:{Port}";
        start.Environment["Local__AzuritePort"] = $"{Azurite.Blob}";
        start.Environment["VirtualPhone__Url"] = "http://127.0.0.1:0";
        start.Environment["PATH"] = path ?? start.Environment["PATH"];
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _output = _process.StandardOutput.ReadToEndAsync();
        _errors = _process.StandardError.ReadToEndAsync();
    }

    public int Port { get; }

    public AzuritePorts Azurite { get; }

    private static string Dotnet => Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet")).First(File.Exists);

    /// <summary>Waits until it serves; a first start may have to download Azurite.</summary>
    public async Task<HeadProgram> Up()
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        await Until.True(async () => _process.HasExited || await IsUp(http), "a head that serves", 300);
        Assert.False(_process.HasExited, _process.HasExited ? await _errors : "");
        return this;
    }

    /// <summary>Sends a signal.</summary>
    public void Signal(PosixSignal signal)
    {
        using var kill = Process.Start("kill", [signal == PosixSignal.SIGINT ? "-INT" : "-TERM", $"{_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends it in the middle of whatever it does.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Its exit code, and what it wrote to its outputs.</summary>
    public async Task<(int Code, string Output, string Errors)> Exit(int seconds = 30)
    {
        await Until.True(() => _process.HasExited, "the end of the program", seconds);
        return (_process.ExitCode, await _output, await _errors);
    }

    /// <summary>Whether nobody listens on its ports any more.</summary>
    public bool LeftNothing() => FreePorts.IsFree(Port) && Enumerable.Range(Azurite.Blob, 3).All(FreePorts.IsFree);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _folder.Dispose();
    }

    private async Task<bool> IsUp(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{Port}/healthz"));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }
}
