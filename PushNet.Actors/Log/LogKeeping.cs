using Akka.Actor;
using Microsoft.Extensions.Logging;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Reading;
using PushNet.Actors.Log.Replica;
using PushNet.Actors.State;

namespace PushNet.Actors.Log;

/// <summary>Keeps the board in a log that several servers share. Dispose it after the actors.</summary>
public sealed class LogKeeping : BoardKeeping, IAsyncDisposable
{
    private readonly TaskCompletionSource<string> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _end = new();

    internal LogKeeping(LogSettings settings, IBoardLog log) =>
        (Settings, Log, Slots) = (settings, log, new SharedSlots(settings.MaxConnections, TimeProvider.System));

    /// <summary>Why this server can't go on, as a sentence, once it can't: it must stop.</summary>
    public Task<string> Ended => _ended.Task;

    /// <summary>Tells how many connections the server has.</summary>
    public Func<int> Connections { get; set; } = () => 0;

    /// <summary>The servers that share the log and have not stopped, by name, as each last told of itself.</summary>
    public IReadOnlyList<KnownServer> Servers { get; internal set; } = [];

    /// <summary>The same without this server.</summary>
    public IEnumerable<LogServer> Others =>
        Servers.Select(known => known.Server).Where(server => server.Name != Settings.Name);

    /// <summary>The connections that it may have, when all servers have a cap together.</summary>
    public SharedSlots Slots { get; }

    /// <summary>How the server follows the log.</summary>
    internal LogSettings Settings { get; }

    /// <summary>The log.</summary>
    internal IBoardLog Log { get; }

    /// <summary>Ends everything that waits for the log.</summary>
    internal CancellationToken Stopping => _end.Token;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await Log.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
    }

    /// <summary>This server can't go on.</summary>
    internal void End(string why) => _ended.TrySetResult(why);

    /// <inheritdoc />
    internal override IBoardKeeper Keep(
        ObservedBoard board,
        TimeProvider time,
        ILogger log,
        IActorContext context,
        ITimerScheduler timers,
        Action<object, IActorRef> handle) => new LogKeeper(this, board, time, log, context, timers, handle);
}
