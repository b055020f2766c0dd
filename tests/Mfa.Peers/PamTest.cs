using System.Diagnostics;

namespace Mfa.Peers;

/// <summary>A host set up by docs/ssh-and-sudo.md, in a folder of its own: PAM reads its files there (pam_wrapper).</summary>
public abstract class PamTest(Storage storage) : RadiusTest(storage)
{
    private static readonly HowTo s_page = HowTo.Read("docs/ssh-and-sudo.md");
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mfa-host-");
    private HowToTerminal _terminal = null!;

    /// <summary>The user of the host.</summary>
    protected static string Account => Environment.UserName;

    /// <summary>Where its files are.</summary>
    protected string Host => _folder.FullName;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await NameAsync(User, $"{Account}@contoso.example");
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    protected override async Task SetUpAsync(HowToTerminal terminal)
    {
        foreach (var part in new[] { "pam.d", "sshd_config.d" })
        {
            _folder.CreateSubdirectory(part);
        }

        // A host of this test's own, which ends at a wrong password as Debian's does: nothing of the real machine's passwords and sessions is touched.
        await File.WriteAllTextAsync(Path.Combine(Host, "passwords"), $"{Account}:host-password:sudo\n{Account}:host-password:sudo-i\n");
        await File.WriteAllTextAsync(Path.Combine(Host, "pam.d/common-auth"), $"auth requisite {Wrapped("pam_wrapper/pam_matrix.so")} passdb={Host}/passwords\n");
        string[] services = ["sshd", "sudo", "sudo-i"];
        foreach (var service in services)
        {
            await File.WriteAllTextAsync(Path.Combine(Host, "pam.d", service), "@include common-auth\naccount required pam_permit.so\nsession required pam_permit.so\n");
        }

        await s_page.FollowAsync("At FreeRADIUS", terminal);
        _terminal = terminal.With(("/etc/pam.d", $"{Host}/pam.d"), ("/etc/pam_radius_auth.conf", $"{Host}/pam_radius_auth.conf"), ("/etc/ssh/sshd_config.d", $"{Host}/sshd_config.d"));
        await s_page.FollowAsync("At the host", _terminal);
        // What PAM includes by name alone is the real machine's.
        foreach (var service in services)
        {
            var file = Path.Combine(Host, "pam.d", service);
            await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("@include common-auth", $"@include {Host}/pam.d/common-auth", StringComparison.Ordinal));
        }
    }

    /// <summary>Does what the page says of taking it away.</summary>
    protected Task TakeAwayAsync() => s_page.FollowAsync("Take it away", _terminal);

    /// <summary>A program that asks this host's PAM.</summary>
    protected ProcessStartInfo Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments);
        (start.Environment["LD_PRELOAD"], start.Environment["PAM_WRAPPER"], start.Environment["PAM_WRAPPER_SERVICE_DIR"]) = ("libpam_wrapper.so", "1", $"{Host}/pam.d");
        return start;
    }

    private static string Wrapped(string file) => Path.Combine(Directory.GetDirectories("/usr/lib", "*-linux-gnu").Single(d => File.Exists(Path.Combine(d, file))), file);
}
