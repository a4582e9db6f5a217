using PushNet.Web.Security.Keys;

namespace PushNet.Tests.Security.Keys;

public sealed class SecretTextTests
{
    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    [InlineData(128, true)]
    [InlineData(129, false)]
    public void A_key_has_16_to_128_characters(int length, bool wellFormed) =>
        Assert.Equal(wellFormed, SecretText.IsWellFormed(new string('a', length)));

    [Theory]
    [InlineData("abcdefghijklmno.")]
    [InlineData("abcdefghijklmno ")]
    [InlineData("abcdefghijklmnoé")]
    [InlineData("abcdefghijklmno\n")]
    public void A_key_has_letters_digits_hyphen_and_underscore_only(string key) => Assert.False(SecretText.IsWellFormed(key));

    [Fact]
    public void A_new_secret_is_its_prefix_and_32_random_characters()
    {
        var (one, other) = (SecretText.Create(SecretText.StoredPrefix), SecretText.Create(SecretText.StoredPrefix));

        Assert.Matches("^pn_live_[A-Za-z0-9]{32}$", one);
        Assert.NotEqual(one, other);
        Assert.True(SecretText.IsWellFormed(one));
    }
}
