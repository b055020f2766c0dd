using System.Diagnostics;
using Xunit;

namespace Mfa.Peers;

/// <summary>What a person reads and types at a program.</summary>
public sealed class Terminal : IDisposable
{
    private readonly Process _process;
    private readonly System.Text.StringBuilder _said = new();
    private readonly Task _listening;

    /// <summary>Starts a program.</summary>
    public Terminal(ProcessStartInfo start)
    {
        (start.RedirectStandardInput, start.RedirectStandardOutput, start.RedirectStandardError) = (true, true, true);
        _process = Process.Start(start)!;
        _listening = Task.WhenAll(ListenAsync(_process.StandardOutput), ListenAsync(_process.StandardError));
    }

    /// <summary>What it said since it was last read, as soon as that has some words.</summary>
    public Task<string> ReadAsync(string words) => Handset.UntilAsync(
        () =>
        {
            lock (_said)
            {
                var said = _said.ToString();
                if (said.Contains(words, StringComparison.Ordinal))
                {
                    _said.Clear();
                }

                return Task.FromResult(said);
            }
        },
        said => said.Contains(words, StringComparison.Ordinal),
        words);

    /// <summary>Types a line.</summary>
    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Its end.</summary>
    /// <returns>What it said since it was last read.</returns>
    public async Task<string> EndsAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await _listening;
        return _said.ToString();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private async Task ListenAsync(StreamReader from)
    {
        var buffer = new char[512];
        int read;
        while ((read = await from.ReadAsync(buffer)) > 0)
        {
            lock (_said)
            {
                _said.Append(buffer, 0, read);
            }
        }
    }
}
