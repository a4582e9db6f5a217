using PushNet.Actors.Log;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;

namespace PushNet.Tests.Log;

/// <summary>Whose board is wrong when servers differ.</summary>
public sealed class LogDivergenceTests
{
    [Theory]
    [InlineData("a:1 b:2", "b", false)]
    [InlineData("a:2 b:1", "b", true)]
    [InlineData("a:1 b:2 c:3", "b", false)]
    [InlineData("a:1 b:2 c:3", "b c", true)]
    [InlineData("a:2 b:1 c:3 d:4", "c d", false)]
    [InlineData("a:2 b:3 c:1 d:4", "c d", true)]
    [InlineData("a:1 b:2 c:3 d:4", "c d", false)]
    [InlineData("a:1 b:2", "", false)]
    public void The_fewer_are_wrong_and_of_as_many_those_without_the_oldest(string there, string differing, bool isOwn)
    {
        var divergence = new LogDivergence("a");
        var state = Applied(digest: 7);
        divergence.Note(state);
        var servers = there.Split(' ').Select(one => one.Split(':')).Select(one => new KnownServer(
            Said(one[0], differing.Contains(one[0], StringComparison.Ordinal) ? 8 : 7ul), 1, long.Parse(one[1]), 0, 0, 0)).ToList();

        servers.ForEach(server => divergence.Hear(server.Server));

        Assert.Equal(isOwn, divergence.IsOwn(servers));
        Assert.Equal(differing.Length > 0, divergence.IsThere);
        Assert.Equal(differing.Length > 0, divergence.Fault?.Contains("differ, found at message 1", StringComparison.Ordinal) is true);
    }

    [Fact]
    public void A_server_that_began_anew_or_is_gone_differs_no_more()
    {
        var divergence = new LogDivergence("a");
        divergence.Note(Applied(digest: 7));
        Assert.True(divergence.Hear(Said("b", 8)));
        Assert.False(divergence.Hear(Said("b", 8)));

        Assert.False(divergence.Hear(Said("b", 7)));
        Assert.Null(divergence.Fault);

        divergence.Hear(Said("b", 8));
        divergence.Forget([]);
        Assert.False(divergence.IsThere);
    }

    [Fact]
    public void What_this_server_does_not_know_any_more_is_not_compared()
    {
        var divergence = new LogDivergence("a");
        divergence.Note(Applied(digest: 7));
        Assert.False(divergence.Hear(Said("b", 8) with { Sequence = 1 + LogDivergence.Kept }));
        Assert.False(divergence.Hear(Said("b", 8) with { Sequence = 0 }));
        Assert.False(divergence.IsThere);
    }

    private static LogServer Said(string name, ulong digest) => new(name, "1", 1, 1, "", 0) { Sequence = 1, Digest = digest };

    private static LogState Applied(ulong digest)
    {
        var state = new LogState();
        state.Take(new LogMessage(1, LogGiven.Time, LogEntryCodec.Write(new TickEntry(1))));
        state.Digest = digest;
        return state;
    }
}
