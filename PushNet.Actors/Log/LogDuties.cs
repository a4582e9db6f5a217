using Akka.Actor;
using PushNet.Actors.Clock;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;
using PushNet.Actors.Log.Sending;
using PushNet.Actors.State;

namespace PushNet.Actors.Log;

/// <summary>
/// What a server does for all that follow the log: it says that time passes and that it is there, writes images when it is its turn, and
/// takes its leave. Not thread-safe.
/// </summary>
internal sealed class LogDuties(
    LogKeeping keeping, LogReplica replica, LogOutbox outbox, LogHealth health, ImageDuty images, Action<LogEntry> send, TimeProvider time)
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeastReportInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LeaveInterval = TimeSpan.FromMilliseconds(500);

    private Moment _tickAt = Moment.LongAgo;
    private Moment _reportAt = Moment.LongAgo;
    private Moment _leaveAt = Moment.LongAgo;
    private long _reports;
    private IActorRef? _stopper;
    private bool _hasLastImage;
    private bool _isStopped;

    private Moment Now => Moment.Now(time);

    private string Name => keeping.Settings.Name;

    /// <summary>The server has read what there is.</summary>
    public void OnLevel()
    {
        TakeCap();
        images.OnLevel();
    }

    /// <summary>The log brought a message.</summary>
    public void OnTaken(LogStep step)
    {
        // Not all at once: whoever is first spares the others theirs.
        _tickAt = Now + TimeSpan.FromMilliseconds(Random.Shared.Next(250, 500));
        if (step.Entry is ServerEntry or LeaveEntry)
        {
            keeping.Servers = [.. replica.State.Servers.All];
        }

        if (step.Entry is ServerEntry && replica.State.Servers.Find(Name) is { } own && own.Session == outbox.Session)
        {
            keeping.Slots.Grant(own.Server.Report, own.Slots);
        }

        images.OnTaken(step.Entry);
        switch (step.Entry)
        {
            case ServerEntry { Server.Name: var name } server when name == Name && health.IsLevel:
                health.HearsOfItself(server.Session == outbox.Session, Now);
                break;
            case RulesEntry:
                TakeCap();
                break;
            case LeaveEntry when step.Entry.Session == outbox.Session:
                TellStopped();
                break;
        }
    }

    /// <summary>Some time has passed.</summary>
    /// <param name="log">Tells the log from others; empty before it was found.</param>
    public void OnBeat(string log)
    {
        var now = Now;
        if (_stopper is not null && !_isStopped)
        {
            StepOfStop(log, now);
        }

        if (!health.IsLevel || health.IsLost)
        {
            return;
        }

        if (now >= _tickAt)
        {
            _tickAt = now + TimeSpan.FromMilliseconds(500);
            send(new TickEntry(0));
        }

        if (_stopper is null)
        {
            if (now - _reportAt >= ReportInterval)
            {
                health.Asks(now);
                Report(log);
                images.FindBeginningIfFirst();
            }
            else if (now - _reportAt >= LeastReportInterval
                && keeping.Slots.IsShort(replica.State.Servers.RoomFor(Name, keeping.Slots.Cap)))
            {
                Report(log);
            }

            images.OnBeat(log);
        }
    }

    /// <summary>Tells the others that this server is there, and how it is.</summary>
    /// <param name="log">Tells the log from others.</param>
    public void Report(string log)
    {
        var (settings, state) = (keeping.Settings, replica.State);
        _reportAt = Now;
        var status = health.Status(state.Sequence, _reportAt);
        send(new ServerEntry(0, new LogServer(
            Name, settings.Version, BoardRules.Lowest, BoardRules.Highest, settings.Address, keeping.Connections())
        {
            Report = ++_reports,
            SlotsWanted = keeping.Slots.Want(_reports),
            Standing = status.Standing,
            Seq = replica.Seq,
            Log = log,
            Base = state.Base,
            Sequence = state.Sequence,
            Digest = state.Digest,
            BehindMs = (int)status.Behind.TotalMilliseconds,
        }));
    }

    /// <summary>The server stops: what it has sent must be found in the log before.</summary>
    /// <param name="stopper">Told <see cref="BoardStopped"/> when it was.</param>
    /// <param name="log">Tells the log from others.</param>
    public void Stop(IActorRef stopper, string log)
    {
        _stopper = stopper;
        StepOfStop(log, Now);
    }

    // The others must know soon what this server needs.
    private void TakeCap()
    {
        keeping.Slots.Cap = replica.State.Rules?.MaxConnections ?? keeping.Settings.MaxConnections;
        _reportAt = Moment.LongAgo;
    }

    private void StepOfStop(string log, Moment now)
    {
        if (health.IsLost || !health.IsLevel)
        {
            TellStopped();
        }
        else if (!outbox.IsEmpty || images.IsBusy)
        {
            return;
        }
        else if (!_hasLastImage && (replica.State.Servers.First ?? Name) == Name)
        {
            _hasLastImage = true;
            images.WriteLast(log);
        }
        else if (now - _leaveAt >= LeaveInterval)
        {
            _leaveAt = now;
            send(new LeaveEntry(0, Name));
        }
    }

    private void TellStopped()
    {
        if (!_isStopped)
        {
            _isStopped = true;
            _stopper?.Tell(BoardStopped.Instance, ActorRefs.NoSender);
        }
    }
}
