using Akka.Actor;
using Akka.TestKit;
using PushNet.Actors.State;
using static PushNet.Tests.State.ObedientJournal;

namespace PushNet.Tests.State;

public sealed class DurableGameStateTests : DurableGameStateTest
{
    [Fact]
    public async Task Events_go_out_at_once_and_only_the_acknowledgement_waits_for_the_commit()
    {
        await GameState.Ask<BoardStatus>(new GetBoardStatus());
        await TellJournal(Order.Hold);
        var source = CreateTestProbe();

        GameState.Tell(Given.Group(Given.Seen(Given.Game())), source);

        await Odds.ExpectMsgAsync<Publish>();
        await source.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        await TellJournal(Order.Release);
        Assert.Equal(1, (await source.ExpectMsgAsync<LinesReceipt>()).Counts.Applied);
    }

    [Fact]
    public async Task All_that_comes_while_one_commit_is_on_its_way_is_the_next()
    {
        await GameState.Ask<BoardStatus>(new GetBoardStatus());
        var before = await TellJournal(Order.Hold);
        var source = CreateTestProbe();
        for (var i = 0; i < 20; i++)
        {
            GameState.Tell(Given.Group(Given.Seen(Given.Game($"g{i}"))), source);
        }

        await Receive(Odds, 20);
        await TellJournal(Order.Release);
        await Receive(source, 20);

        Assert.Equal(before + 2, await TellJournal(Order.CountWrites));
    }

    [Fact]
    public async Task What_is_unchanged_by_a_group_that_is_not_written_waits_for_it()
    {
        await GameState.Ask<BoardStatus>(new GetBoardStatus());
        await TellJournal(Order.Hold);
        var (first, second) = (CreateTestProbe(), CreateTestProbe());

        GameState.Tell(Given.Group(Given.Seen(Given.Game(), ts: 100)), first);
        GameState.Tell(Given.Group(Given.Seen(Given.Game(), ts: 99)), second);

        await second.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
        await TellJournal(Order.Release);
        Assert.Equal(1, (await second.ExpectMsgAsync<LinesReceipt>()).Counts.Stale);
    }

    [Fact]
    public async Task A_restart_reads_the_board_back_with_marks_and_withdrawals()
    {
        for (var i = 0; i < 20; i++)
        {
            await Send(Given.Seen(Given.Game("g1"), ts: 100 + i), Given.Price(100m + i, ts: 200), Given.Price(5m, outcome: "gone"),
                Given.Price(null, outcome: "gone", ts: 300));
        }

        await Restart();

        var again = await Send(Given.Seen(Given.Game("g1"), ts: 118), Given.Price(1m, ts: 199), Given.Price(1m, outcome: "gone", ts: 299),
            Given.Price(119m, ts: 200));
        Assert.Equal(new ObservationCounts(0, 1, 3, 0), again.Counts);
    }

    [Fact]
    public async Task Seq_goes_on_after_a_stop_and_jumps_after_a_crash()
    {
        await Send(Given.Seen(Given.Game()));
        await GameState.Ask<BoardStopped>(new StopBoard());
        await Restart();
        Assert.Equal(1, (await Status()).Seq);

        await Restart();
        Assert.Equal(1_000_001, (await Status()).Seq);

        await Restart();
        Assert.Equal(2_000_001, (await Status()).Seq);
    }

    [Fact]
    public async Task The_demo_is_never_written_and_waits_for_nothing()
    {
        await Send(Given.Seen(Given.Game("real")));
        await TellJournal(Order.Hold);

        var receipt = await GameState.Ask<LinesReceipt>(
            Given.Group(Given.Seen(Given.Game("demo"))) with { IsDemo = true }, TimeSpan.FromSeconds(10));
        Assert.Equal(1, receipt.Counts.Applied);
        await TellJournal(Order.Release);
        await GameState.Ask<BoardStopped>(new StopBoard());
        await Restart();

        Assert.Equal((1, 2L), ((await Status()).Games, (await Status()).Seq));
    }

    [Fact]
    public async Task A_game_that_was_removed_does_not_come_back()
    {
        await Send(Given.Seen(Given.Game("g1")), Given.Seen(Given.Game("g2")));
        await GameState.Ask<GameRemoved>(new RemoveGame("g1"));
        await GameState.Ask<BoardStopped>(new StopBoard());

        await Restart();

        Assert.Equal(1, (await Status()).Games);
        Assert.Equal(1, (await Send(Given.Price(100m, game: "g1"))).Counts.Rejected);
    }

    private static async Task Receive(TestProbe probe, int count)
    {
        await foreach (var _ in probe.ReceiveNAsync(count, TimeSpan.FromSeconds(10)))
        {
        }
    }
}
