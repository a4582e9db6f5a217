using PushNet.Web.Security;
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

    [Theory]
    [InlineData("live", "pn_live_")]
    [InlineData("live,odds", "pn_odds_")]
    [InlineData("ingest,live,odds", "pn_ingest_")]
    [InlineData("ingest,ops", "pn_ops_")]
    public void A_stored_secret_begins_with_the_most_that_it_opens(string scopes, string prefix) =>
        Assert.Equal(prefix, SecretText.PrefixOf(KeyScope.Parse(scopes)));

    [Fact]
    public void A_new_secret_is_its_prefix_and_32_random_characters()
    {
        var (one, other) = (SecretText.Create("pn_live_"), SecretText.Create("pn_live_"));

        Assert.Matches("^pn_live_[A-Za-z0-9]{32}$", one);
        Assert.NotEqual(one, other);
        Assert.True(SecretText.IsWellFormed(one));
    }
}
