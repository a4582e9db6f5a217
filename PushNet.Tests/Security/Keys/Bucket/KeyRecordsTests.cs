using System.Text;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Keys.Bucket;

namespace PushNet.Tests.Security.Keys.Bucket;

public sealed class KeyRecordsTests
{
    [Theory]
    [InlineData("key")]
    [InlineData("null")]
    [InlineData("""{"name":"board","scopes":["live"]}""")]
    [InlineData("""{"name":"board","scopes":[],"secrets":[]}""")]
    [InlineData("""{"name":"board","scopes":[null],"secrets":[]}""")]
    [InlineData("""{"name":"board","scopes":["live"],"secrets":[null]}""")]
    [InlineData("""{"name":"board","scopes":["live"],"secrets":[{}]}""")]
    [InlineData("""{"name":"board","scopes":["live"],"secrets":[{"sha256":"AAAA"}]}""")]
    public void What_is_no_key_is_told(string json)
    {
        var fault = Assert.Throws<KeyStoreException>(() => new KeyRecords().Take("key.board.0", Encoding.UTF8.GetBytes(json)));

        Assert.StartsWith("key.board.0 can't be read: ", fault.Message, StringComparison.Ordinal);
    }
}
