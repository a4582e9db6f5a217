using System.Text;
using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Feed;
using PushNet.Actors.State;
using PushNet.Web.Data;
using PushNet.Web.Settings;

namespace PushNet.Web.Hosting;

/// <summary>
/// What a standby does first: it starts the actors of a server with an empty board of their own, has them keep a game, and stops them.
/// Most of a start is loading and compiling, and all that is left for the takeover then is to read the board.
/// </summary>
internal static partial class Rehearsal
{
    private const string Game = """
        {"type":"game","game_id":"g","pn_league_code":"l","sport_category":"soccer","start_date":"2026-01-01","status":"live",
        "home_team":{"name":"H"},"away_team":{"name":"A"},"scores":{"score_home":0,"score_away":0}}
        """;

    /// <summary>Rehearses. A failure is logged and harms nobody.</summary>
    /// <param name="options">The settings of the server.</param>
    /// <param name="log">Told the outcome.</param>
    /// <param name="over">Ends it: the takeover begins.</param>
    public static async Task RunAsync(PushNetOptions options, ILogger log, CancellationToken over)
    {
        var begin = TimeProvider.System.GetTimestamp();
        try
        {
            var folder = Directory.CreateTempSubdirectory("pushnet-");
            try
            {
                await StartAsync(options, folder, over);
            }
            finally
            {
                folder.Delete(recursive: true);
            }

            LogReady(log, TimeProvider.System.GetElapsedTime(begin).TotalSeconds);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            if (!over.IsCancellationRequested)
            {
                LogFailed(log, e.Message);
            }
        }
    }

    private static async Task StartAsync(PushNetOptions options, DirectoryInfo folder, CancellationToken over)
    {
        using var host = Build(options, new DataDirectory(folder.FullName));
        await host.StartAsync(over);
        await Observe(host.Services.GetRequiredService<ActorRegistry>().Get<GameStateActor>(), over);
        await host.StopAsync(CancellationToken.None);
    }

    private static Task<LinesReceipt> Observe(IActorRef gameState, CancellationToken over) => gameState.Ask<LinesReceipt>(
        new ObserveLines("rehearsal", false, [FeedParser.Parse(new FeedLine(1, Encoding.UTF8.GetBytes(Game)))]),
        Timeout.InfiniteTimeSpan,
        over);

    // Without feeds: they would take what is meant for the server that has the board.
    private static IHost Build(PushNetOptions options, DataDirectory data)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var board = BoardHold.Acquire(new DataOptions(), data, TimeProvider.System);
        ActorServices.AddTo(builder.Services, options);
        builder.Services.AddMetrics();
        builder.Services.AddAkka("rehearsal", akka =>
        {
            PushNetServer.AddActors(akka, HoconFiles.Load(), options with { Record = new() }, [], board);
            akka.AddHocon("akka { loglevel = OFF, stdout-loglevel = OFF }", HoconAddMode.Prepend);
        });
        board.AddTo(builder.Services);
        return builder.Build();
    }

    [LoggerMessage(1, LogLevel.Information, "PushNet is ready to take over; it rehearsed that for {Seconds:0.0} s")]
    private static partial void LogReady(ILogger log, double seconds);

    [LoggerMessage(2, LogLevel.Warning, "The takeover could not be rehearsed, and will take some seconds longer: {Reason}")]
    private static partial void LogFailed(ILogger log, string reason);
}
