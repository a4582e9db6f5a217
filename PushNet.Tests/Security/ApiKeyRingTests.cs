using System.Security.Cryptography;
using System.Text;
using PushNet.Web.Security;
using PushNet.Web.Settings;

namespace PushNet.Tests.Security;

public sealed class ApiKeyRingTests
{
    private const string Plain = "0123456789abcdef";
    private const string Hashed = "hashed_key-ABCDEF";

    private readonly ApiKeyRing _ring = new(new PushNetOptions
    {
        ApiKeys =
        [
            new() { Name = "plain", Key = Plain, Scopes = "live, odds" },
            new() { Name = "hashed", Sha256 = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(Hashed))).ToLowerInvariant(), Scopes = "ingest" },
        ],
    });

    [Fact]
    public void A_key_is_found_by_itself_or_by_its_hash_with_its_scopes()
    {
        Assert.Equal(("plain", "live odds"), (_ring.Find(Plain)!.Name, string.Join(' ', _ring.Find(Plain)!.Scopes)));
        Assert.Equal(("hashed", "ingest"), (_ring.Find(Hashed)!.Name, string.Join(' ', _ring.Find(Hashed)!.Scopes)));
    }

    [Theory]
    [InlineData("0123456789abcdeF")]
    [InlineData("0123456789abcde")]
    [InlineData("0123456789abcdef0")]
    [InlineData(" 0123456789abcdef")]
    [InlineData("")]
    public void What_is_not_exactly_a_key_is_not_found(string presented) => Assert.Null(_ring.Find(presented));

    [Fact]
    public void Configured_keys_leave_no_demo_key() => Assert.Null(_ring.DemoKey);

    [Fact]
    public void The_demo_key_is_well_formed_new_each_time_and_may_only_look()
    {
        var (one, other) = (new ApiKeyRing(new PushNetOptions()), new ApiKeyRing(new PushNetOptions()));

        Assert.True(ApiKeyRing.IsWellFormed(one.DemoKey!));
        Assert.NotEqual(one.DemoKey, other.DemoKey);
        Assert.Equal(["live", "odds"], one.Find(one.DemoKey!)!.Scopes);
        Assert.Null(other.Find(one.DemoKey!));
    }

    [Fact]
    public void Without_demo_and_keys_nobody_gets_in()
    {
        var ring = new ApiKeyRing(new PushNetOptions { Feed = new() { Kind = "none" } });

        Assert.Null(ring.DemoKey);
        Assert.Null(ring.Find(Plain));
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_key_has_16_to_128_characters(int length, bool wellFormed) => Assert.Equal(wellFormed, ApiKeyRing.IsWellFormed(new string('a', length)));

    [Theory]
    [InlineData("abcdefghijklmno.")]
    [InlineData("abcdefghijklmno ")]
    [InlineData("abcdefghijklmnoé")]
    [InlineData("abcdefghijklmno\n")]
    public void A_key_has_letters_digits_hyphen_and_underscore_only(string key) => Assert.False(ApiKeyRing.IsWellFormed(key));
}
