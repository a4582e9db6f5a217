using Akka.Actor;
using Microsoft.Extensions.Logging;
using PushNet.Actors.Clock;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Reading;
using PushNet.Actors.Log.Replica;
using PushNet.Actors.State;

namespace PushNet.Actors.Log;

/// <summary>Finds out that servers differ or that the log has lost its end, and waits for a repair when it has.</summary>
internal sealed partial class LogKeeper
{
    private static readonly TimeSpan RepairInterval = TimeSpan.FromSeconds(1);

    // A fault that comes back must not send all clients a snapshot again and again.
    private static readonly TimeSpan BeginAnewInterval = TimeSpan.FromMinutes(1);

    private ulong _imagedBy;
    private Moment _begunAnewAt = Moment.LongAgo;
    private bool _isLooking;

    /// <summary>Looks at an entry that is to be applied next.</summary>
    /// <exception cref="LogBrokenException">The board has to begin anew, or the log is lost.</exception>
    private void Check(LogStep step)
    {
        switch (step.Entry)
        {
            case BaseEntry { Base: var number } when number > _replica.State.Base:
                throw new LogBrokenException(
                    isLost: false, "an operator has put the board of one server in the place of what the log lost");
            case ServerEntry { Server: { Standing: LogStanding.Lost } other } when IsOfThisLog(other) && _health.IsLevel:
                throw new LogBrokenException(isLost: true, $"NATS lost messages of the log that server {other.Name} had read");
        }
    }

    /// <summary>Compares what this server made of the log with what another one did.</summary>
    /// <exception cref="LogBrokenException">The board has to begin anew.</exception>
    private void Compare(LogStep step)
    {
        switch (step.Entry)
        {
            case ServerEntry { Server: var other } when IsOfThisLog(other) && _divergence.Hear(other):
                LogDiffers(_log, _divergence.Fault!);
                break;
            case ImageEntry image:
                _imagedBy = image.Session;
                break;
        }

        if (!_divergence.IsThere)
        {
            return;
        }

        var servers = _replica.State.Servers.All.ToList();
        _divergence.Forget(servers);
        if (_divergence.IsOwn(servers)
            && servers.Any(known => known.Session == _imagedBy && _divergence.Differs(known.Server.Name))
            && Now - _begunAnewAt >= BeginAnewInterval)
        {
            _begunAnewAt = Now;
            throw new LogBrokenException(
                isLost: false, "this board differs from those of other servers, and begins anew with an image of one");
        }
    }

    private bool IsOfThisLog(LogServer other) => other.Log == _id && other.Base == _replica.State.Base;

    private bool HandleRepair(object message)
    {
        switch (message)
        {
            case LookForRepair when !_isLooking:
                _isLooking = true;
                LookAsync().PipeTo(_context.Self, failure: _ => new Looked(null, null));
                return true;
            case LookForRepair:
                return true;
            case Looked { Start: { } start }:
                _isLooking = false;
                Recover(start);
                return true;
            case Looked looked:
                _isLooking = false;
                if (_hasStarted && looked.Extent?.Log == _id)
                {
                    // Others may not have read what is lost. They must not go on without it.
                    _duties.Report(_id);
                }

                return true;
            default:
                return false;
        }
    }

    private async Task<Looked> LookAsync()
    {
        if (!_hasStarted)
        {
            return new Looked(null, await LogStart.FindAsync(_keeping.Log, null, _keeping.Stopping).ConfigureAwait(false));
        }

        var (extent, start) = await LogRepair.FindAsync(_keeping.Log, _replica.State.Base, _keeping.Stopping).ConfigureAwait(false);
        return new Looked(extent, start);
    }

    private void Recover(LogStart start)
    {
        _timers.Cancel(nameof(LookForRepair));
        _health.Recovers();
        CatchUp();
        LogRecovers(_log);
        Begin(start);
    }

    private sealed record Looked(LogExtent? Extent, LogStart? Start);

    private sealed record LookForRepair
    {
        public static readonly LookForRepair Instance = new();
    }

    [LoggerMessage(11, LogLevel.Error, "{Why}")]
    private static partial void LogDiffers(ILogger log, string why);

    [LoggerMessage(12, LogLevel.Information, "The log can be followed again")]
    private static partial void LogRecovers(ILogger log);
}
