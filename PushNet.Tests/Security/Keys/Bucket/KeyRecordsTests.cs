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

    [Fact]
    public void The_id_of_the_next_key_was_never_used_not_even_by_one_that_was_deleted()
    {
        var records = new KeyRecords();
        var record = new KeyRecord("a.board", ["live"], null, null, default, null, [new(new byte[32], null)]).ToBytes();
        Assert.Equal("a=board.0", records.NextId("a.board"));

        records.Take("key.a=board.0", record);
        records.Take("key.a=board.1", record);
        Assert.Equal("a=board.2", records.NextId("a.board"));
        records.Take("key.a=board.0", null);
        records.Take("key.a=board.1", null);
        records.Take("key.a=board.2.revoked", "1"u8.ToArray());

        Assert.Equal("a=board.3", records.NextId("a.board"));
        Assert.Equal("board.0", records.NextId("board"));
    }
}
