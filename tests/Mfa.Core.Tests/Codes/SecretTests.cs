using System.Text.Json;
using Xunit;

namespace Mfa.Core.Tests;

public class SecretTests
{
    private static readonly Secret s_secret = Secret.From([1, 2, 3]);

    private sealed record Holder(Secret Key, VerificationCode Code);

    [Fact]
    public void A_secret_keeps_its_own_copy()
    {
        byte[] bytes = [1, 2, 3];
        var secret = Secret.From(bytes);
        bytes[0] = 9;
        Assert.Equal([1, 2, 3], secret.Bytes.ToArray());
    }

    [Fact]
    public void An_empty_secret_is_a_bug() => Assert.Throws<ArgumentException>(() => Secret.From([]));

    [Fact]
    public void Secrets_are_equal_by_their_bytes()
    {
        Assert.Equal(s_secret, Secret.From([1, 2, 3]));
        Assert.Equal(s_secret.GetHashCode(), Secret.From([1, 2, 3]).GetHashCode());
        Assert.NotEqual(s_secret, Secret.From([1, 2, 4]));
        Assert.NotEqual(s_secret, Secret.From([1, 2]));
        Assert.False(s_secret.Equals(null));
    }

    [Fact]
    public void Secrets_and_codes_never_print_themselves()
    {
        var holder = new Holder(s_secret, VerificationCode.Derive(s_secret, "v", 1));
        Assert.Equal("***", $"{s_secret}");
        Assert.Equal("***", $"{holder.Code}");
        Assert.Equal("Holder { Key = ***, Code = *** }", $"{holder}");
    }

    [Fact]
    public void Secrets_and_codes_never_become_json()
    {
        var code = VerificationCode.Derive(s_secret, "v", 1);
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(s_secret));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(code));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new Holder(s_secret, code)));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new Dictionary<Secret, int> { [s_secret] = 1 }));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<Secret>("{}"));
    }
}
