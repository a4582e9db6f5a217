using Akka.Actor;
using PushNet.Actors.Clock;
using PushNet.Actors.State;

namespace PushNet.Actors.Log;

/// <summary>
/// What a server does for all that follow the log: it says that time passes and that it is there, writes images when it is its turn, and
/// takes its leave. Not thread-safe.
/// </summary>
internal sealed class LogDuties(
    LogKeeping keeping,
    LogReplica replica,
    LogOutbox outbox,
    LogSending sending,
    LogHealth health,
    TimeProvider time,
    IActorRef self)
{
    /// <summary>Lines after which an image comes sooner.</summary>
    public const int LinesUntilImage = 50_000;

    private static readonly TimeSpan ServerInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LeaveInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LeastImageInterval = TimeSpan.FromSeconds(10);

    private Moment _tickAt = Moment.LongAgo;
    private Moment _serverAt = Moment.LongAgo;
    private Moment _leaveAt = Moment.LongAgo;
    private Moment _imagedAt;
    private int _lines;
    private bool _isImaging;
    private IActorRef? _stopper;
    private bool _hasLastImage;
    private bool _isStopped;
    private string _log = "";

    private Moment Now => Moment.Now(time);

    /// <summary>The server has read what there is.</summary>
    public void OnLevel() => (_imagedAt, _serverAt) = (Now, Moment.LongAgo);

    /// <summary>The log brought a message.</summary>
    public void OnTaken(LogStep step)
    {
        // Not all at once: whoever is first spares the others theirs.
        _tickAt = Now + TimeSpan.FromMilliseconds(Random.Shared.Next(250, 500));
        if (step.Entry is ServerEntry or LeaveEntry)
        {
            keeping.Servers = [.. replica.State.Servers.All];
        }

        switch (step.Entry)
        {
            case LinesEntry lines:
                _lines += lines.Lines.Count;
                break;
            case ImageEntry:
                (_imagedAt, _lines) = (Now, 0);
                break;
            case ServerEntry { Server.Name: var name } server when name == keeping.Settings.Name && health.IsLevel:
                health.HearsOfItself(server.Session == outbox.Session, Now);
                break;
            case LeaveEntry when step.Entry.Session == outbox.Session:
                TellStopped();
                break;
        }
    }

    /// <summary>Some time has passed.</summary>
    /// <param name="log">Tells the log from others; null before it was found.</param>
    public void OnBeat(string? log)
    {
        _log = log ?? "";
        var now = Now;
        if (_stopper is not null && !_isStopped)
        {
            StepOfStop(now);
        }

        if (!health.IsLevel || health.IsLost)
        {
            return;
        }

        if (now >= _tickAt)
        {
            _tickAt = now + TimeSpan.FromMilliseconds(500);
            Send(new TickEntry(outbox.Session));
        }

        if (_stopper is null && now - _serverAt >= ServerInterval)
        {
            _serverAt = now;
            health.Asks(now);
            var (settings, connections) = (keeping.Settings, keeping.Connections());
            Send(new ServerEntry(outbox.Session, new LogServer(settings.Name, settings.Version, BoardRules.Number, "", connections)));
            FindBeginningIfFirst();
        }

        if (_stopper is null && IsImageDue(now))
        {
            WriteImage();
        }
    }

    /// <summary>The server stops: what it has sent must be found in the log before.</summary>
    /// <param name="stopper">Told <see cref="BoardStopped"/> when it was.</param>
    public void Stop(IActorRef stopper)
    {
        _stopper = stopper;
        StepOfStop(Now);
    }

    /// <summary>An image is written, or could not be. Either way the next one has time.</summary>
    public void OnImage(ImageDone done)
    {
        (_isImaging, _imagedAt) = (false, Now);
        if (done.Failure is null)
        {
            Send(new ImageEntry(outbox.Session, done.Sequence));
        }
    }

    /// <summary>The log begins here. When somebody purged it, no image may reach that, and no server could start.</summary>
    public void OnBeginning(BeginningFound found)
    {
        if (found.First > replica.State.Imaged + 1 && !_isImaging && _stopper is null && health.IsLevel && !health.IsLost)
        {
            WriteImage();
        }
    }

    private void FindBeginningIfFirst()
    {
        if (replica.State.Servers.First == keeping.Settings.Name)
        {
            keeping.Log.ExtentAsync(keeping.Stopping)
                .PipeTo(self, success: extent => new BeginningFound(extent?.First ?? 0), failure: _ => new BeginningFound(0));
        }
    }

    // When the first does not write one in its time, the second does, and so on.
    private bool IsImageDue(Moment now)
    {
        var place = replica.State.Servers.All.TakeWhile(server => server.Name != keeping.Settings.Name).Count();
        var age = now - _imagedAt;
        return !_isImaging && (age >= (place + 1) * keeping.Settings.ImageInterval
            || (place == 0 && _lines >= LinesUntilImage && age >= LeastImageInterval));
    }

    private void StepOfStop(Moment now)
    {
        if (health.IsLost || !health.IsLevel)
        {
            TellStopped();
        }
        else if (!outbox.IsEmpty || _isImaging)
        {
            return;
        }
        else if (!_hasLastImage && (replica.State.Servers.First ?? keeping.Settings.Name) == keeping.Settings.Name)
        {
            _hasLastImage = true;
            WriteImage();
        }
        else if (now - _leaveAt >= LeaveInterval)
        {
            _leaveAt = now;
            Send(new LeaveEntry(outbox.Session, keeping.Settings.Name));
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

    private void WriteImage()
    {
        _isImaging = true;
        var image = replica.Image(_log);
        var sequence = image.State.Sequence;
        Task.Run(() => keeping.Log.PutImageAsync(sequence, image.ToBytes(), keeping.Stopping), keeping.Stopping)
            .PipeTo(self, success: () => new ImageDone(sequence, null), failure: cause => new ImageDone(sequence, cause));
    }

    private void Send(LogEntry entry) => sending.Send(LogEntryCodec.Write(entry));

    /// <summary>An image is written, or could not be.</summary>
    /// <param name="Sequence">The last message that it holds.</param>
    /// <param name="Failure">Why it could not be written; null when it was.</param>
    public sealed record ImageDone(long Sequence, Exception? Failure);

    /// <summary>Where the log begins.</summary>
    /// <param name="First">The first message that it holds; 0 when that is not known.</param>
    public sealed record BeginningFound(long First);
}
