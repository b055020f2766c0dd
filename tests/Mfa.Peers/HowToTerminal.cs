using System.Diagnostics;
using Xunit;

namespace Mfa.Peers;

/// <summary>
/// Where a how-to is followed: a machine whose folders and addresses are the test's own. Nothing else of the page is changed; what only
/// root may do to a real machine (sudo, packages, services, owners) does here what an ordinary user may.
/// </summary>
/// <param name="places">What the page says, and what stands in its place here: /etc/dovecot, 127.0.0.1:7071.</param>
/// <param name="tools">Functions of the shell for programs that look in folders of their own, where nobody tells them of others.</param>
public sealed class HowToTerminal(IReadOnlyDictionary<string, string> places, string tools = "")
{
    private const string Root = """
        set -euo pipefail
        exec 2>&1
        sudo() { "$@"; }
        apt-get() { [ "$1" != install ] || for package in "${@:2}"; do case $package in -*) ;; *) dpkg -s "$package" >/dev/null || { echo "$package is missing"; exit 1; };; esac; done; }
        systemctl() { echo "systemctl $*"; }
        chgrp() { [ -e "${@: -1}" ]; }
        chown() { [ -e "${@: -1}" ]; }

        """;

    /// <summary>Runs commands in one shell.</summary>
    /// <returns>What they printed.</returns>
    public async Task<string> RunAsync(string commands)
    {
        var start = new ProcessStartInfo("bash", ["-c", Root + tools + "\n" + Here(commands)])
        {
            WorkingDirectory = Repository.Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var shell = Process.Start(start)!;
        var printed = Task.WhenAll(shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        var all = string.Concat(await printed);
        Assert.True(shell.ExitCode == 0, $"{commands}\nended with {shell.ExitCode}:\n{all}");
        return all;
    }

    /// <summary>The same with more places, which are told apart first.</summary>
    public HowToTerminal With(params (string Said, string Here)[] more) =>
        new(more.ToDictionary(m => m.Said, m => m.Here).Concat(places).ToDictionary(), tools);

    private string Here(string text) => places.Aggregate(text, (all, place) => all.Replace(place.Key, place.Value, StringComparison.Ordinal));
}
