using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Games;
using PushNet.Actors.Log;
using PushNet.Actors.State;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Log;

/// <summary>A test of servers that share a log in memory.</summary>
public abstract class ActorTestOnLog : ActorTest
{
    private static readonly TimeSpan Stale = TimeSpan.FromSeconds(1);

    /// <summary>The log.</summary>
    private protected MemoryLog BoardLog { get; } = new();

    /// <summary>How each server follows it, in the order in which they started.</summary>
    private protected List<LogKeeping> Keepings { get; } = [];

    /// <summary>How often an image is written.</summary>
    private protected TimeSpan ImageInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Connections over all servers, as the first is told; 0 for no cap.</summary>
    private protected int MaxConnections { get; set; }

    /// <summary>How long lines wait for the log.</summary>
    private protected TimeSpan Patience { get; set; } = PushServer.Patience;

    protected override void AfterAll()
    {
        base.AfterAll();
        Keepings.ForEach(keeping => keeping.DisposeAsync().AsTask().Wait());
    }

    /// <summary>Starts a server that has read the log.</summary>
    private protected async Task<LogServerGiven> StartAsync(string name, BoardLimits? limits = null)
    {
        var own = new CuttableLog(BoardLog);
        var how = new LogSettings
        {
            Name = name,
            IngestPatience = Patience,
            StaleAfter = Stale,
            ImageInterval = ImageInterval,
            MaxConnections = MaxConnections,
        };
        var keeping = new LogKeeping(how, own);
        Keepings.Add(keeping);
        var actor = Sys.ActorOf(Props.Create(() => new GameStateActor(
            limits ?? Given.Limits,
            new PublishedBoard(),
            new FrameEncoder(),
            TimeProvider.System,
            NullLogger<GameStateActor>.Instance,
            null,
            null,
            keeping)));
        var odds = CreateTestProbe();
        actor.Tell(new RegisterPublisher(PushChannel.Odds, odds));
        var server = new LogServerGiven(actor, odds, own);

        // It tells nobody what came before it had read the log.
        await server.StatusAsync();
        return server;
    }
}
