using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Mfa.Peers;

/// <summary>An Access-Request (RFC 2865, RFC 3579) of any bytes, also of such as no client sends.</summary>
[SuppressMessage("Security", "CA5351", Justification = "RADIUS is MD5.")]
internal sealed class RadiusPacket
{
    private const int Header = 20;
    private const byte UserName = 1, UserPassword = 2, MessageAuthenticator = 80;
    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes(FreeRadius.Secret);

    private readonly byte[] _authenticator = RandomNumberGenerator.GetBytes(16);
    private readonly List<byte> _attributes = [];

    /// <summary>What is done with its Message-Authenticator.</summary>
    public enum Signing
    {
        Right,
        Broken,
        Missing,
    }

    /// <summary>A name and a password.</summary>
    public static RadiusPacket Of(byte[] name, byte[] password)
    {
        var packet = new RadiusPacket();
        packet.Add(UserName, name);
        packet.Add(UserPassword, packet.Hidden(password));
        return packet;
    }

    /// <summary>Another attribute, whatever its length.</summary>
    public void Add(byte type, byte[] value) => _attributes.AddRange([type, (byte)(value.Length + 2), .. value]);

    /// <summary>Sends it, and reads the answer's code; null where none comes.</summary>
    public async Task<byte?> SendAsync(int port, Signing signing = Signing.Right, TimeSpan? patience = null, string from = "127.0.0.1")
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        socket.Connect(IPAddress.Loopback, port);
        await socket.SendAsync(Bytes(signing));
        using var late = new CancellationTokenSource(patience ?? TimeSpan.FromSeconds(10));
        try
        {
            return (await socket.ReceiveAsync(late.Token)).Buffer[0];
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private byte[] Bytes(Signing signing)
    {
        byte[] body = signing == Signing.Missing ? [.. _attributes] : [.. _attributes, MessageAuthenticator, 18, .. new byte[16]];
        byte[] all = [1, 7, 0, 0, .. _authenticator, .. body];
        BinaryPrimitives.WriteUInt16BigEndian(all.AsSpan(2), (ushort)all.Length);
        if (signing != Signing.Missing)
        {
            HMACMD5.HashData(s_secret, all).CopyTo(all, all.Length - 16);
            all[^1] ^= signing == Signing.Broken ? (byte)1 : (byte)0;
        }

        return all;
    }

    // RFC 2865 section 5.2.
    private byte[] Hidden(byte[] password)
    {
        var padded = new byte[Math.Max(16, (password.Length + 15) / 16 * 16)];
        password.CopyTo(padded, 0);
        var before = _authenticator;
        for (var at = 0; at < padded.Length; at += 16)
        {
            var mask = MD5.HashData([.. s_secret, .. before]);
            for (var i = 0; i < 16; i++)
            {
                padded[at + i] ^= mask[i];
            }

            before = padded[at..(at + 16)];
        }

        return padded;
    }
}
