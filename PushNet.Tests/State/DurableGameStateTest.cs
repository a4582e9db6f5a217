using Akka.Actor;
using Akka.Persistence;
using Akka.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;
using static PushNet.Tests.State.ObedientJournal;

namespace PushNet.Tests.State;

/// <summary>A game state with a journal that does as it is told.</summary>
public abstract class DurableGameStateTest : ActorTest
{
    private protected DurableGameStateTest()
        : base(more: ObedientJournal.Configuration)
    {
        Odds = CreateTestProbe();
        GameState = Start();
    }

    private protected JournalSettings Settings { get; set; } = new()
    {
        MinBackOff = TimeSpan.FromMilliseconds(50),
        MaxBackOff = TimeSpan.FromMilliseconds(100),
        SnapshotInterval = 5,
    };

    /// <summary>Stands for the publisher.</summary>
    private protected TestProbe Odds { get; }

    private protected IActorRef GameState { get; private set; }

    private IActorRef Start()
    {
        var gameState = Sys.ActorOf(Props.Create(() =>
            new GameStateActor(
                Given.Limits, new PublishedBoard(), new FrameEncoder(), Time, NullLogger<GameStateActor>.Instance, Settings)));
        gameState.Tell(new RegisterPublisher(PushChannel.Odds, Odds));
        return gameState;
    }

    private protected async Task Restart()
    {
        var end = CreateTestProbe();
        await end.WatchAsync(GameState);
        Sys.Stop(GameState);
        await end.ExpectTerminatedAsync(GameState);
        GameState = Start();
    }

    private protected async Task<LinesReceipt> Send(params Observation[] observations) =>
        await GameState.Ask<LinesReceipt>(Given.Group(observations), TimeSpan.FromSeconds(10));

    private protected async Task<BoardStatus> Status() => await GameState.Ask<BoardStatus>(new GetBoardStatus(), TimeSpan.FromSeconds(10));

    private protected Task<int> TellJournal(Order order) =>
        Persistence.Instance.Apply(Sys).JournalFor("").Ask<int>(order, TimeSpan.FromSeconds(10));
}
