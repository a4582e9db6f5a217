using Akka.Actor;
using Microsoft.Extensions.Logging;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Reading;
using PushNet.Actors.Log.Sending;

namespace PushNet.Actors.Log;

/// <summary>Reads the log, and finds out where to begin anew when it is not what it was.</summary>
internal sealed partial class LogKeeper
{
    private const string WhatToDo = "; an operator can put back the board of this server: ops board-log repair "
        + "(docs/several-servers.md#when-the-log-lost-something)";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private void FindStart()
    {
        CatchUp();
        LogStart.FindAsync(_keeping.Log, _id.Length > 0 ? _id : null, _keeping.Stopping)
            .PipeTo(_context.Self, success: start => start, failure: cause => new StartFailed(cause));
    }

    private void CatchUp()
    {
        _board.IsSilent = true;
        _health.CatchesUp();
    }

    private void Begin(LogStart start)
    {
        (_id, _end, _unreadable) = (start.Extent.Log, start.Extent.Last, null);
        _replica.Begin(start.Image);
        _divergence.Begin();
        _outbox.FoundInImage(_replica.State);
        _reading = new LogReading(_keeping.Log, _id, _replica.State.Sequence, _context.Self, _time, _keeping.Stopping);
        BecomeLevelIfRead();
    }

    private void Take(LogMessage message)
    {
        LogTicket? ticket = null;
        _outbox.Heard();
        try
        {
            var step = _replica.Take(message);
            Check(step);
            ticket = step.Entry.Session == _outbox.Session && step.Entry.Number > 0 ? _outbox.Found(_replica.State) : null;
            var outcome = _replica.Apply(step, ticket?.MaxEarly ?? TimeSpan.Zero);
            ticket?.Settle(outcome);
            _health.Hears(message, Now);
            _divergence.Note(_replica.State);
            _duties.OnTaken(step);
            Compare(step);
        }
        catch (LogBrokenException e)
        {
            StartOver(e);
            return;
        }
        catch (LogFormatException e)
        {
            End($"message {message.Sequence} of the log can't be applied: {e.Message}");
            return;
        }
        catch (Exception e)
        {
            ticket?.Fail("the server failed on these lines; send them again");
            _failed = (message.Sequence, _failed.Sequence == message.Sequence ? _failed.Times + 1 : 1);
            if (_failed.Times < 3)
            {
                StartOver(e);
            }
            else
            {
                End($"message {message.Sequence} of the log can't be applied, which was tried three times: {e.Message} Please report it.");
            }

            return;
        }

        _outbox.Send();
        BecomeLevelIfRead();
    }

    private void BecomeLevelIfRead()
    {
        if (_health.IsLevel || _replica.State.Sequence < _end)
        {
            return;
        }

        _health.BecomesLevel(Now);
        _board.Speak();
        if (_hasStarted)
        {
            _board.TellReset();
        }

        _hasStarted = true;
        if (_replica.State.Rules is null)
        {
            // In front of everything else that this server sends.
            _outbox.Offer(new NoTicket(), new RulesEntry(0, 0, LogRules.Of(_board.Board.Limits, _keeping.Settings.MaxConnections)));
        }

        _duties.OnLevel();
        _held.Handle();
    }

    private void StartOver(Exception cause)
    {
        _reading!.Stop();
        _reading = null;
        if (cause is LogBrokenException { IsLost: true })
        {
            Lose(cause.Message);
            return;
        }

        LogStartsOver(_log, cause);
        FindStart();
    }

    private void CanNotStart(Exception cause)
    {
        switch (cause)
        {
            case LogFormatException:
                End(cause.Message);
                break;
            case LogBrokenException { IsLost: var isLost } when isLost || !_hasStarted:
                Lose(cause.Message);
                break;
            default:
                var why = cause is LogBrokenException ? cause.Message : _keeping.Log.Fault ?? $"NATS fails: {cause.Message}";
                if (_unreadable != why)
                {
                    _unreadable = why;
                    LogCanNotStart(_log, why);
                }

                _health.Fails($"the log can't be read: {why}");
                _timers.StartSingleTimer(nameof(FindAgain), FindAgain.Instance, Pause);
                break;
        }
    }

    private void End(string why)
    {
        _reading?.Stop();
        _reading = null;
        _timers.Cancel(nameof(LookForRepair));
        ServeWhatIsThere(why);
        _keeping.End(why);
    }

    private void Lose(string why)
    {
        ServeWhatIsThere(_hasStarted ? why + WhatToDo : why);
        _timers.StartPeriodicTimer(nameof(LookForRepair), LookForRepair.Instance, RepairInterval);
    }

    private void ServeWhatIsThere(string why)
    {
        LogLost(_log, why);
        _health.Loses(why);
        _board.Speak();
        _outbox.GiveUpAll(why);
        _held.Handle();
    }

    private sealed record StartFailed(Exception Cause);

    private sealed record FindAgain
    {
        public static readonly FindAgain Instance = new();
    }

    [LoggerMessage(7, LogLevel.Warning, "The log is read anew from the newest image")]
    private static partial void LogStartsOver(ILogger log, Exception cause);

    [LoggerMessage(8, LogLevel.Warning, "The log can't be read, and is tried again each second: {Why}")]
    private static partial void LogCanNotStart(ILogger log, string why);

    [LoggerMessage(9, LogLevel.Error, "The log can't be followed any more: {Why}")]
    private static partial void LogLost(ILogger log, string why);
}
