using System.Runtime.CompilerServices;
using System.Text;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Feed;
using PushNet.Actors.Games;

namespace PushNet.Tests.Feed;

public sealed class FeedPipelineTests : ActorTest
{
    private int _pulled;

    [Fact]
    public async Task A_source_is_not_read_on_while_its_groups_are_not_acknowledged()
    {
        var gameState = CreateTestProbe();
        var receipts = Source.From(() => Endless()).Via(FeedPipeline.Into(gameState, "test")).RunWith(Sink.Queue<GroupReceipt>(), Sys.Materializer());
        var first = await gameState.ExpectMsgAsync<ObserveGroup>();
        var asker = gameState.Sender;

        // Some groups may be on their way; then nothing more is asked of the source, however long it takes.
        var held = new List<long> { first.Lines[0].Number };
        while (held.Count < 8)
        {
            held.Add((await gameState.ExpectMsgAsync<ObserveGroup>()).Lines[0].Number);
        }

        await gameState.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(300));
        var pulled = Volatile.Read(ref _pulled);
        Assert.InRange(pulled, 8, 12);
        Assert.Equal(Enumerable.Range(1, 8).Select(n => (long)n), held);

        asker.Tell(new GroupReceipt(1, default, []));

        Assert.Equal(9, (await gameState.ExpectMsgAsync<ObserveGroup>()).Lines[0].Number);
        Assert.Equal(1, (await receipts.PullAsync()).Value.LastLine);
    }

    [Fact]
    public async Task A_feed_that_fails_is_read_again_from_its_beginning()
    {
        var gameState = CreateTestProbe();
        Sys.ActorOf(Props.Create(() => new FeedActor(new Failing(), gameState, NullLogger<FeedActor>.Instance)));

        for (var reading = 0; reading < 2; reading++)
        {
            var group = await gameState.ExpectMsgAsync<ObserveGroup>(TimeSpan.FromSeconds(10));
            Assert.Equal(("failing", true, 1L), (group.Source, group.IsDemo, group.Lines[0].Number));
            gameState.Sender.Tell(new GroupReceipt(1, default, []));
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<FeedLine>> Endless([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (!cancellation.IsCancellationRequested)
        {
            yield return [new FeedLine(Interlocked.Increment(ref _pulled), Encoding.UTF8.GetBytes("{}"))];
            await Task.Yield();
        }
    }

    private sealed class Failing : IFeedSource
    {
        public string Name => "failing";

        public bool IsDemo => true;

        public async IAsyncEnumerable<IReadOnlyList<FeedLine>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Yield();
            yield return [new FeedLine(1, Encoding.UTF8.GetBytes("{}"))];
            throw new IOException("the feed broke off");
        }
    }
}
