using Akka;
using Akka.Actor;
using Akka.Streams;
using Akka.Streams.Dsl;
using Microsoft.Extensions.Logging;
using PushNet.Actors.State;

namespace PushNet.Actors.Feed;

/// <summary>
/// Runs one configured feed until it ends or is told to stop. Starts it again with back-off when reading it, or handing over its groups,
/// fails.
/// </summary>
public sealed partial class FeedActor : UntypedActor
{
    /// <summary>Rejected lines of one group that are logged, so that a feed of nothing but rubbish does not fill the log.</summary>
    private const int MaxRejectedTold = 3;

    private static readonly RestartSettings BackOff = RestartSettings.Create(
        minBackoff: TimeSpan.FromSeconds(1), maxBackoff: TimeSpan.FromSeconds(30), randomFactor: 0.2)

        // Pauses grow until a feed has run for a minute: an attempt to connect alone may take longer than the first pauses.
        .WithMaxRestarts(int.MaxValue, TimeSpan.FromMinutes(1));

    private readonly RunningFeed _feed;
    private readonly IActorRef _gameState;
    private readonly ILogger<FeedActor> _log;
    private readonly SharedKillSwitch _reading = KillSwitches.Shared("reading");
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>An actor for one feed.</summary>
    public FeedActor(RunningFeed feed, IActorRef gameState, ILogger<FeedActor> log) =>
        (_feed, _gameState, _log) = (feed, gameState, log);

    /// <inheritdoc />
    protected override void PreStart()
    {
        _feed.Health.Broke += Broke;
        _feed.Health.NotParked += NotParked;
        RestartSource.OnFailuresWithBackoff(Run, BackOff)
            .RunForeach(Report, Context.Materializer())
            .PipeTo(Self, success: () => Ended.Instance, failure: cause => new Status.Failure(cause));
    }

    /// <inheritdoc />
    protected override void PostStop()
    {
        _feed.Health.Broke -= Broke;
        _feed.Health.NotParked -= NotParked;
        _stopping.Cancel();
        _stopping.Dispose();
        if (_feed.Source is IAsyncDisposable connected)
        {
            connected.DisposeAsync().AsTask().ContinueWith(closed => LogNotClosed(
                _log, _feed.Health.Name, closed.Exception!.GetBaseException().Message), TaskContinuationOptions.OnlyOnFaulted);
        }
    }

    /// <inheritdoc />
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case StopFeeds when _feed.Health.IsFailing:
                // Nothing is on its way, and the next attempt may be half a minute away.
                Context.Stop(Self);
                break;
            case StopFeeds:
                _reading.Shutdown();
                break;
            case Ended:
                LogEnded(_log, _feed.Health.Name);
                _feed.Health.Ended();
                Context.Stop(Self);
                break;
            case Status.Failure failure:
                throw new InvalidOperationException($"feed {_feed.Health.Name} can't be started again", failure.Cause);
            default:
                Unhandled(message);
                break;
        }
    }

    private Source<LinesReceipt, NotUsed> Run() =>
        Source.From(() => _feed.Source.ReadAsync(_stopping.Token))
            .Via(_reading.Flow<IReadOnlyList<FeedLine>>())
            .Via(FeedPipeline.Into(_gameState, _feed.Health, _feed.Source.IsDemo, canWait: true, _feed.Source.MaxEarly))
            .SelectAsync(1, async receipt =>
            {
                await _feed.Source.AcknowledgeAsync(receipt).ConfigureAwait(false);
                return receipt;
            })
            .SelectError(Failed);

    private Exception Failed(Exception cause)
    {
        _feed.Health.Failed(cause.GetBaseException().Message);
        return cause;
    }

    private void Broke(string error) => LogBroke(_log, _feed.Health.Name, error);

    private void NotParked(string sentence) => LogNotParked(_log, _feed.Health.Name, sentence);

    private void Report(LinesReceipt receipt)
    {
        foreach (var (line, error) in receipt.Errors.Take(MaxRejectedTold))
        {
            LogRejected(_log, _feed.Health.Name, line, error);
        }

        if (receipt.Errors.Count > MaxRejectedTold)
        {
            LogMoreRejected(_log, _feed.Health.Name, receipt.Errors.Count - MaxRejectedTold, receipt.LastLine);
        }

        if (receipt.Early is [var first, ..])
        {
            LogEarly(_log, _feed.Health.Name, receipt.Early.Count, first.Line, first.Error);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Feed {Feed} has ended")]
    private static partial void LogEnded(ILogger log, string feed);

    [LoggerMessage(2, LogLevel.Warning, "Feed {Feed}, line {Line} rejected: {Error}")]
    private static partial void LogRejected(ILogger log, string feed, long line, string error);

    [LoggerMessage(3, LogLevel.Warning, "Feed {Feed} fails and is tried again soon: {Error}")]
    private static partial void LogBroke(ILogger log, string feed, string error);

    [LoggerMessage(4, LogLevel.Warning, "Feed {Feed} was not closed well: {Error}")]
    private static partial void LogNotClosed(ILogger log, string feed, string error);

    [LoggerMessage(5, LogLevel.Warning, "Feed {Feed}, {Count} more lines up to {Line} rejected")]
    private static partial void LogMoreRejected(ILogger log, string feed, int count, long line);

    [LoggerMessage(6, LogLevel.Warning, "Feed {Feed}: {Sentence}")]
    private static partial void LogNotParked(ILogger log, string feed, string sentence);

    [LoggerMessage(7, LogLevel.Warning,
        "Feed {Feed}, {Count} lines from {Line} are read again later, their time is yet to come: {Error}. Is a clock wrong?")]
    private static partial void LogEarly(ILogger log, string feed, int count, long line, string error);

    private sealed record Ended
    {
        public static readonly Ended Instance = new();
    }
}
