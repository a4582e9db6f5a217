using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Admission;
using PushNet.Actors.Games;
using PushNet.Actors.State;
using PushNet.Actors.Telemetry;
using PushNet.Web.Data;
using PushNet.Web.Http;

namespace PushNet.Web.Operators.Commands;

/// <summary>Looks at the whole server, and stops it.</summary>
internal static class ServerCommands
{
    public static readonly OperatorCommand Status = new(
        "server status",
        "Shows the server in numbers: connections, board, events, drops, memory, garbage collection.",
        async (services, _) => await Read(services));

    public static readonly OperatorCommand List = new(
        "server list",
        "Lists the servers that share a log with this one, as each told of itself within the last seconds.",
        (services, _) => Task.FromResult<object>((services.GetRequiredService<BoardHold>().Log?.Servers ?? [])
            .Select(known => new ServerRow(
                known.Server.Name,
                known.Server.Version,
                known.Server.HighestRules,
                Words<LogStanding>.Of(known.Server.Standing),
                known.Server.Seq,
                known.Behind,
                known.Server.BehindMs,
                known.Server.Connections,
                known.Slots)).ToList()));

    public static readonly OperatorCommand Drain = new(
        "server drain",
        "Stops the server as SIGTERM does: it admits nobody, tells every client when to come back, closes, and exits.",
        (services, _) =>
        {
            services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            return Task.FromResult<object>(new { Draining = true });
        })
    {
        Changes = true,
    };

    private static async Task<object> Read(IServiceProvider services)
    {
        var actors = services.GetRequiredService<ActorRegistry>();
        var board = await actors.Get<GameStateActor>().Ask<BoardStatus>(new GetBoardStatus(), OperatorCommands.Patience);
        var slots = await actors.Get<ConnectionLimiter>().Ask<LimiterState>(new GetLimiterState(0), OperatorCommands.Patience);
        var metrics = PushMetrics.Of(services.GetRequiredService<ActorSystem>());
        return new
        {
            Version = ServerVersion.Text,
            UptimeS = Math.Round(services.GetRequiredService<ServerStart>().Age.TotalSeconds),
            Connections = slots.InUse,
            MaxConnections = slots.Limit,
            Draining = slots.Closed is not null,
            board.Games,
            LiveGames = board.Live,
            board.Outcomes,
            board.Seq,
            Deliveries = metrics.Channels.Sum(channel => channel.Deliveries),
            Bytes = metrics.Channels.Sum(channel => channel.Bytes),
            DroppedBySubscribers = metrics.SubscriberDrops.Prices + metrics.SubscriberDrops.States,
            DroppedByPublishers = metrics.Channels.Sum(channel => channel.Dropped.Total),
            CpuS = Math.Round(Environment.CpuUsage.TotalTime.TotalSeconds, 2),
            WorkingSetBytes = Environment.WorkingSet,
            HeapBytes = GC.GetTotalMemory(forceFullCollection: false),
            GcGen0 = GC.CollectionCount(0),
            GcGen1 = GC.CollectionCount(1),
            GcGen2 = GC.CollectionCount(2),
            GcPauseMs = Math.Round(GC.GetTotalPauseDuration().TotalMilliseconds, 1),
            Threads = ThreadPool.ThreadCount,
        };
    }

    /// <summary>A server.</summary>
    /// <param name="Server">Its name.</param>
    /// <param name="Version">The version of PushNet.</param>
    /// <param name="Rules">The highest number of rules of the board that it knows.</param>
    /// <param name="State">Where it stands.</param>
    /// <param name="Seq">The last event of its board.</param>
    /// <param name="Behind">Messages of the log that it had not applied when it told of itself.</param>
    /// <param name="BehindMs">How long the log takes to bring what it sends.</param>
    /// <param name="Connections">How many connections it has.</param>
    /// <param name="Slots">How many it may have; 0 when the servers have no cap together.</param>
    private sealed record ServerRow(
        string Server, string Version, int Rules, string State, long Seq, long Behind, int BehindMs, int Connections, int Slots);
}
