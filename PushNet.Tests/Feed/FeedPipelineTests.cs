using System.Runtime.CompilerServices;
using System.Text;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Microsoft.Extensions.Logging.Testing;
using PushNet.Actors.Feed;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.State;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Feed;

public sealed class FeedPipelineTests : ActorTest
{
    private const int UnacknowledgedGroups = 64;

    private readonly SourceHealth _health = new("test", "demo", TimeSpan.Zero, TimeProvider.System);
    private readonly FakeLogger<FeedActor> _log = new();
    private int _pulled;

    [Fact]
    public async Task A_source_is_not_read_on_while_its_groups_are_not_acknowledged()
    {
        var gameState = CreateTestProbe();
        var receipts = Source.From(() => Endless()).Via(FeedPipeline.Into(gameState, _health))
            .RunWith(Sink.Queue<LinesReceipt>(), Sys.Materializer());
        var first = await gameState.ExpectMsgAsync<ObserveLines>();
        var asker = gameState.Sender;

        // Some groups may be on their way. After that, nothing more is asked of the source, however long it takes.
        var held = new List<long> { first.Lines[0].Number };
        while (held.Count < UnacknowledgedGroups)
        {
            held.Add((await gameState.ExpectMsgAsync<ObserveLines>()).Lines[0].Number);
        }

        await gameState.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(300));
        var pulled = Volatile.Read(ref _pulled);
        Assert.InRange(pulled, UnacknowledgedGroups, UnacknowledgedGroups + 4);
        Assert.Equal(Enumerable.Range(1, UnacknowledgedGroups).Select(n => (long)n), held);

        asker.Tell(new LinesReceipt(1, default, []));

        Assert.Equal(UnacknowledgedGroups + 1, (await gameState.ExpectMsgAsync<ObserveLines>()).Lines[0].Number);
        Assert.Equal(1, (await receipts.PullAsync()).Value.LastLine);
    }

    [Fact]
    public async Task A_feed_that_fails_is_read_again_from_its_beginning()
    {
        var gameState = CreateTestProbe();
        Start(new Failing(), gameState);

        for (var reading = 0; reading < 2; reading++)
        {
            var group = await gameState.ExpectMsgAsync<ObserveLines>(TimeSpan.FromSeconds(10));
            Assert.Equal(("test", true, 1L), (group.Source, group.IsDemo, group.Lines[0].Number));
            gameState.Sender.Tell(new LinesReceipt(1, default, []));
            await Eventually.True(() => Task.FromResult(_health.IsFailing));
        }

        Assert.True(_health.Report().Failures >= 2);
    }

    [Fact]
    public async Task A_group_that_was_not_acknowledged_is_read_again()
    {
        var gameState = CreateTestProbe();
        var source = new Counted();
        Start(source, gameState);

        await gameState.ExpectMsgAsync<ObserveLines>();
        gameState.Sender.Tell(new Status.Failure(new IOException("not taken")));
        await gameState.ExpectMsgAsync<ObserveLines>(TimeSpan.FromSeconds(10));
        gameState.Sender.Tell(new LinesReceipt(1, default, []));

        await Eventually.True(() => Task.FromResult(source.Acknowledged == 1));
    }

    [Fact]
    public async Task A_feed_that_is_stopped_hands_over_what_it_has_read_and_waits_for_the_receipt()
    {
        var gameState = CreateTestProbe();
        var source = new Counted();
        var feeds = Start(source, gameState);
        await gameState.ExpectMsgAsync<ObserveLines>();
        var asker = gameState.Sender;

        Watch(feeds);
        feeds.Tell(new StopFeeds());
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        asker.Tell(new LinesReceipt(1, new ObservationCounts(1, 0, 0, 0), []));

        await ExpectTerminatedAsync(feeds);
        Assert.Equal((1, 1L, SourceState.Ended), (source.Acknowledged, _health.Report().Counts.Applied, _health.Report().State));
    }

    [Fact]
    public async Task A_feed_that_fails_is_stopped_without_waiting_for_its_next_attempt()
    {
        var gameState = CreateTestProbe();
        var feeds = Start(new Failing(), gameState);
        await gameState.ExpectMsgAsync<ObserveLines>();
        await Eventually.True(() => Task.FromResult(_health.IsFailing));

        Watch(feeds);
        feeds.Tell(new StopFeeds());

        await ExpectTerminatedAsync(feeds);
    }

    [Fact]
    public async Task Of_a_group_of_nothing_but_rubbish_the_log_tells_three_lines_and_how_many_more()
    {
        var gameState = CreateTestProbe();
        Start(new Counted(), gameState);

        await gameState.ExpectMsgAsync<ObserveLines>();
        gameState.Sender.Tell(
            new LinesReceipt(256, default, [.. Enumerable.Range(1, 256).Select(line => new LineError(line, "not valid JSON"))]));

        await Eventually.True(() => Task.FromResult(_log.Collector.Count == 4));
        Assert.Equal(
            ["Feed test, line 1 rejected: not valid JSON", "Feed test, line 2 rejected: not valid JSON",
                "Feed test, line 3 rejected: not valid JSON", "Feed test, 253 more lines up to 256 rejected"],
            _log.Collector.GetSnapshot().Select(entry => entry.Message));
    }

    private IActorRef Start(IFeedSource source, IActorRef gameState) =>
        Sys.ActorOf(Props.Create(() => new FeedsActor(new[] { new RunningFeed(source, _health) }, gameState, _log)));

    private async IAsyncEnumerable<IReadOnlyList<FeedLine>> Endless([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (!cancellation.IsCancellationRequested)
        {
            yield return [new FeedLine(Interlocked.Increment(ref _pulled), Encoding.UTF8.GetBytes("{}"))];
            await Task.Yield();
        }
    }

    /// <summary>Sends one line and then waits to be ended.</summary>
    private sealed class Counted : IFeedSource
    {
        private int _acknowledged;

        public int Acknowledged => Volatile.Read(ref _acknowledged);

        public bool IsDemo => false;

        public async IAsyncEnumerable<IReadOnlyList<FeedLine>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            yield return [new FeedLine(1, Encoding.UTF8.GetBytes("{}"))];
            await Task.Delay(Timeout.Infinite, cancellation);
        }

        public ValueTask AcknowledgeAsync(LinesReceipt receipt)
        {
            Interlocked.Increment(ref _acknowledged);
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Failing : IFeedSource
    {
        public bool IsDemo => true;

        public async IAsyncEnumerable<IReadOnlyList<FeedLine>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Yield();
            yield return [new FeedLine(1, Encoding.UTF8.GetBytes("{}"))];
            throw new IOException("the feed broke off");
        }
    }
}
