using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Mfa.Local.Tests;

public sealed class ProgramTests(SharedStorage storage)
{
    [Fact]
    public async Task The_first_start_finds_Azurite_and_Ctrl_C_ends_all_of_it()
    {
        using var program = await new HeadProgram().Up();
        Assert.True(await program.Azurite.AnswerAsync(TestContext.Current.CancellationToken));
        program.Signal(PosixSignal.SIGINT);
        var (code, output, errors) = await program.Exit();
        Assert.Equal((0, ""), (code, errors));
        Assert.Contains($"http://127.0.0.1:{program.Port}/dev", output, StringComparison.Ordinal);
        Assert.True(program.LeftNothing());
    }

    [Fact]
    public async Task Azurite_ends_with_a_program_that_is_killed()
    {
        using var program = await new HeadProgram(storage.Folder).Up();
        program.Kill();
        await Until.True(program.LeftNothing, "free ports");
    }

    [Fact]
    public async Task A_signal_during_the_start_ends_it()
    {
        using var program = new HeadProgram(storage.Folder);
        await Until.True(() => !FreePorts.IsFree(program.Port), "its port");
        program.Signal(PosixSignal.SIGINT);
        var (code, _, errors) = await program.Exit();
        Assert.Equal((0, ""), (code, errors));
        await Until.True(program.LeftNothing, "free ports");
    }

    [Fact]
    public async Task A_taken_port_is_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        using var program = new HeadProgram(storage.Folder, settings: ("Local__Url", $"http://127.0.0.1:{port}"));
        Contains($"Port {port} is taken", await program.Exit());
    }

    [Fact]
    public async Task A_taken_port_of_the_phones_is_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using var program = new HeadProgram(storage.Folder, settings: ("VirtualPhone__Url", $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}"));
        Contains("VirtualPhone__Url", await program.Exit());
        await Until.True(program.LeftNothing, "free ports");
    }

    [Fact]
    public async Task A_port_of_Azurite_that_is_taken_by_something_else_is_one_line()
    {
        var ports = FreePorts.Take(3);
        using var other = new TcpListener(IPAddress.Loopback, ports + 2);
        other.Start();
        using var program = new HeadProgram(storage.Folder, ports);
        Contains($"Port {ports + 2} is taken by a program that is not Azurite", await program.Exit());
    }

    [Fact]
    public async Task Missing_Node_is_one_line()
    {
        using var empty = new TemporaryFolder();
        using var program = new HeadProgram(path: empty.Path);
        Contains("Azurite needs Node.js", await program.Exit());
    }

    [Fact]
    public async Task A_download_that_fails_is_one_line()
    {
        using var cache = new TemporaryFolder();
        using var program = new HeadProgram(settings: [("npm_config_cache", cache.Path), ("npm_config_registry", "http://127.0.0.1:9/"), ("npm_config_fetch_retries", "0")]);
        Contains("can't be downloaded", await program.Exit(60));
    }

    [Fact]
    public async Task Bad_settings_are_named_all_at_once()
    {
        using var program = new HeadProgram(storage.Folder, settings:
            [("Local__Queue", "No Queue"), ("Policy__Calls", "many"), ("Storage__ConnectionString", "rubbish"), ("Local__Url", "http://0.0.0.0:7071")]);
        var (code, _, errors) = await program.Exit();
        Assert.Equal(1, code);
        Assert.Equal(
            ["Local__Queue", "Local__Url", "Policy__Calls", "Storage__ConnectionString"],
            errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_key_file_that_is_spoiled_is_one_line_and_kept()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["keys.json"], "spoiled", TestContext.Current.CancellationToken);
        using var program = new HeadProgram(storage.Folder, settings: ("Local__DataPath", folder.Path));
        Contains("key file", await program.Exit());
        Assert.Equal("spoiled", await File.ReadAllTextAsync(folder["keys.json"], TestContext.Current.CancellationToken));
    }

    private static void Contains(string words, (int Code, string Output, string Errors) exit)
    {
        Assert.Equal(1, exit.Code);
        Assert.Contains(words, Assert.Single(exit.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
