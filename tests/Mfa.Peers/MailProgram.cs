using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Mfa.Peers;

/// <summary>A mail program: IMAP (RFC 3501) over a socket, with any bytes where people type.</summary>
public sealed class MailProgram : IDisposable
{
    /// <summary>What a wrong password is answered with.</summary>
    public const string Wrong = "NO [AUTHENTICATIONFAILED]";

    /// <summary>What it is told to try again after.</summary>
    public const string Later = "NO [UNAVAILABLE]";

    private const string Tag = "a ";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private readonly TcpClient _connection = new();
    private NetworkStream _stream = null!;

    private MailProgram()
    {
    }

    public static async Task<MailProgram> ConnectAsync(int port)
    {
        var program = new MailProgram();
        await program._connection.ConnectAsync(IPAddress.Loopback, port);
        program._stream = program._connection.GetStream();
        Assert.StartsWith("* OK", await program.LineAsync(), StringComparison.Ordinal);
        return program;
    }

    public Task<string> LogInAsync(string user, string password) => LogInAsync(Encoding.UTF8.GetBytes(user), Encoding.UTF8.GetBytes(password));

    /// <summary>LOGIN, with literals.</summary>
    /// <returns>The answer without its tag; nothing where the connection was closed.</returns>
    public async Task<string> LogInAsync(byte[] user, byte[] password)
    {
        await SendAsync([.. Ascii($"{Tag}LOGIN {{{user.Length}}}\r\n")]);
        if (await AnswerAsync() is not "+" and var refused)
        {
            return refused;
        }

        await SendAsync([.. user, .. Ascii($" {{{password.Length}}}\r\n")]);
        if (await AnswerAsync() is not "+" and var early)
        {
            return early;
        }

        await SendAsync([.. password, .. Ascii("\r\n")]);
        return await AnswerAsync();
    }

    /// <summary>AUTHENTICATE PLAIN (RFC 4616), which is base64 and so takes any byte.</summary>
    public async Task<string> AuthenticateAsync(byte[] message)
    {
        await SendAsync(Ascii($"{Tag}AUTHENTICATE PLAIN {Convert.ToBase64String(message)}\r\n"));
        return await AnswerAsync();
    }

    /// <summary>What a program does that is in.</summary>
    public async Task<string> NoopAsync()
    {
        await SendAsync(Ascii($"{Tag}NOOP\r\n"));
        return await AnswerAsync();
    }

    public void Dispose() => _connection.Dispose();

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    private async Task SendAsync(byte[] bytes)
    {
        try
        {
            await _stream.WriteAsync(bytes, TestContext.Current.CancellationToken);
        }
        catch (IOException)
        {
            // It hung up; what it said before is still read.
        }
    }

    private async Task<string> AnswerAsync()
    {
        while (true)
        {
            var line = await LineAsync();
            if (line.Length == 0 || line.StartsWith('+'))
            {
                return line.Length == 0 ? "" : "+";
            }

            if (line.StartsWith(Tag, StringComparison.Ordinal))
            {
                return line[Tag.Length..];
            }
        }
    }

    private async Task<string> LineAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(s_patience);
        var line = new List<byte>();
        var next = new byte[1];
        try
        {
            while (await _stream.ReadAsync(next, patience.Token) == 1 && next[0] != '\n')
            {
                line.Add(next[0]);
            }
        }
        catch (IOException)
        {
        }

        return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
    }
}
