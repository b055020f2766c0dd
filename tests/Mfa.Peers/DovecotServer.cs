using Xunit;

namespace Mfa.Peers;

/// <summary>A Dovecot as Debian sets it up, then configured by docs/dovecot.md. It runs from a folder of its own, on loopback and without rights.</summary>
public sealed class DovecotServer : IAsyncDisposable
{
    private const string Etc = "/etc/dovecot";

    // What the package puts there, whatever became of it since on this machine.
    private const string Package = "/usr/share/dovecot";
    private readonly HowTo _page = HowTo.Read("docs/dovecot.md");
    private readonly HowToTerminal _terminal;
    private readonly string _folder;
    private Daemon? _daemon;

    private DovecotServer(string backend, string phones)
    {
        _folder = Directory.CreateTempSubdirectory("mfa-dovecot-").FullName;
        Port = FreePorts.Take(1);
        _terminal = new(new Dictionary<string, string>
        {
            ["sudo doveadm"] = $"sudo doveadm -c {_folder}/dovecot.conf",
            ["sudo doveconf"] = $"sudo doveconf -c {_folder}/dovecot.conf",
            ["sudo journalctl -u dovecot"] = $"cat {LogFile}",
            [Etc] = _folder,
            ["http://127.0.0.1:7071"] = backend,
            ["http://127.0.0.1:7072"] = phones,
        });
    }

    /// <summary>Where it speaks IMAP.</summary>
    public int Port { get; }

    /// <summary>All that it logged.</summary>
    public string Log => File.ReadAllText(LogFile);

    private string LogFile => $"{_folder}/log";

    /// <summary>Installs, configures and starts one.</summary>
    /// <param name="backend">The backend's address, which is the laptop's on the page.</param>
    /// <param name="phones">The telephone network's.</param>
    /// <param name="more">More of its configuration.</param>
    public static async Task<DovecotServer> StartAsync(string backend, string phones, string more = "")
    {
        var server = new DovecotServer(backend, phones);
        try
        {
            await server.CopyAsync(more);
            await server.FollowAsync("Install");
            await server.MoveAsync("conf.d/auth-mfa.conf.ext");
            await server.FollowAsync("Configure");
            Daemon.Give(server._folder);
            server._daemon = await Daemon.StartAsync(_ => Daemon.ListensAsync(server.Port), "dovecot", "-F", "-c", $"{server._folder}/dovecot.conf");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does what a section of the page says.</summary>
    public Task<string> FollowAsync(string section) => _page.FollowAsync(section, _terminal);

    /// <summary>Changes what is in mfa-settings.lua, as an admin does who is told of a new secret.</summary>
    public async Task SetAsync(string was, string becomes)
    {
        var settings = await File.ReadAllTextAsync($"{_folder}/mfa-settings.lua");
        Assert.Contains(was, settings, StringComparison.Ordinal);
        await File.WriteAllTextAsync($"{_folder}/mfa-settings.lua", settings.Replace(was, becomes, StringComparison.Ordinal));
        await _terminal.RunAsync("sudo doveadm reload");
    }

    /// <summary>A mail program that connects.</summary>
    public Task<MailProgram> ConnectAsync() => MailProgram.ConnectAsync(Port);

    /// <summary>Logs in and out, as mail programs mostly do.</summary>
    /// <returns>What Dovecot said.</returns>
    public async Task<string> LogInAsync(string user, string password)
    {
        using var program = await ConnectAsync();
        return await program.LogInAsync(user, password);
    }

    public async ValueTask DisposeAsync()
    {
        if (_daemon is not null)
        {
            await _daemon.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    private async Task CopyAsync(string more)
    {
        Directory.CreateDirectory($"{_folder}/conf.d");
        foreach (var file in Directory.EnumerateFiles($"{Package}/conf.d").Append($"{Package}/dovecot.conf"))
        {
            // The key of the machine's own certificate is root's.
            var lines = (await File.ReadAllLinesAsync(file)).Where(line => !line.StartsWith("ssl_cert ", StringComparison.Ordinal) && !line.StartsWith("ssl_key ", StringComparison.Ordinal));
            await File.WriteAllLinesAsync(_folder + file[Package.Length..], lines);
        }

        // First what other files refer to, last what they don't override.
        await File.WriteAllTextAsync($"{_folder}/conf.d/00-here.conf", $"""
            default_internal_user = {Daemon.User}
            default_internal_group = {Daemon.Group}
            default_login_user = {Daemon.User}
            # An admin may have had one.
            auth_cache_size = 1M
            """);
        await File.WriteAllTextAsync($"{_folder}/local.conf", Here + more);
    }

    private async Task MoveAsync(string file) =>
        await File.WriteAllTextAsync($"{_folder}/{file}", (await File.ReadAllTextAsync($"{_folder}/{file}")).Replace(Etc, _folder, StringComparison.Ordinal));

    private string Here => $$"""
        protocols = imap
        listen = 127.0.0.1
        base_dir = {{_folder}}/run
        state_dir = {{_folder}}/state
        log_path = {{LogFile}}
        mail_location = maildir:{{_folder}}/mail/%u
        first_valid_uid = 1
        first_valid_gid = 1
        ssl = no
        disable_plaintext_auth = no
        auth_failure_delay = 0
        auth_verbose = yes
        userdb {
          driver = static
          args = uid={{Daemon.User}} gid={{Daemon.Group}} home={{_folder}}/mail/%u
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = {{Port}}
          }
          inet_listener imaps {
            port = 0
          }
        }
        service anvil {
          chroot =
          # Everybody here has one address: no punishment of it for the wrong ones.
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        protocol imap {
          mail_max_userip_connections = 1000
        }

        """;
}
