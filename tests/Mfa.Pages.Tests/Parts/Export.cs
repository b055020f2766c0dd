using System.Text;

namespace Mfa.Pages.Tests;

/// <summary>Google Authenticator's export, written field by field as its protobuf is published.</summary>
internal static class Export
{
    /// <summary>An account of it.</summary>
    /// <param name="Name">Its label.</param>
    /// <param name="Issuer">Whose.</param>
    /// <param name="Secret">Its seed.</param>
    /// <param name="Algorithm">1 to 3: SHA-1, SHA-256, SHA-512.</param>
    /// <param name="Digits">1: six; 2: eight.</param>
    /// <param name="Type">1: by counter; 2: by time.</param>
    public sealed record Account(string Name, string Issuer, byte[] Secret, int Algorithm = 1, int Digits = 1, int Type = 2);

    public static string Link(IEnumerable<Account> accounts, int batch = 0, int batches = 1)
    {
        List<byte> payload = [];
        foreach (var account in accounts)
        {
            Bytes(payload, 1, [.. Fields(account)]);
        }

        Number(payload, 2, 1);
        Number(payload, 3, batches);
        Number(payload, 4, batch);
        Number(payload, 5, 123456789);
        return "otpauth-migration://offline?data=" + Uri.EscapeDataString(Convert.ToBase64String([.. payload]));
    }

    private static List<byte> Fields(Account account)
    {
        List<byte> fields = [];
        Bytes(fields, 1, account.Secret);
        Bytes(fields, 2, Encoding.UTF8.GetBytes(account.Name));
        Bytes(fields, 3, Encoding.UTF8.GetBytes(account.Issuer));
        Number(fields, 4, account.Algorithm);
        Number(fields, 5, account.Digits);
        Number(fields, 6, account.Type);
        return fields;
    }

    private static void Bytes(List<byte> to, int field, byte[] value)
    {
        Varint(to, (field << 3) | 2);
        Varint(to, value.Length);
        to.AddRange(value);
    }

    private static void Number(List<byte> to, int field, int value)
    {
        Varint(to, field << 3);
        Varint(to, value);
    }

    private static void Varint(List<byte> to, int value)
    {
        for (; value > 127; value >>= 7)
        {
            to.Add((byte)(value | 128));
        }

        to.Add((byte)value);
    }
}
