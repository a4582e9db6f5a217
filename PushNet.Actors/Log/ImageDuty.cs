using Akka.Actor;
using PushNet.Actors.Clock;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;

namespace PushNet.Actors.Log;

/// <summary>Writes images of the board when it is the turn of this server. Not thread-safe.</summary>
internal sealed class ImageDuty(
    LogKeeping keeping,
    LogReplica replica,
    LogHealth health,
    LogDivergence divergence,
    Action<LogEntry> send,
    TimeProvider time,
    IActorRef self)
{
    /// <summary>Lines after which an image comes sooner.</summary>
    public const int LinesUntilImage = 50_000;

    private static readonly TimeSpan LeastInterval = TimeSpan.FromSeconds(10);

    private Moment _writtenAt;
    private int _lines;
    private bool _isOfDivergence;

    /// <summary>True while an image is being written.</summary>
    public bool IsBusy { get; private set; }

    private string Name => keeping.Settings.Name;

    private Moment Now => Moment.Now(time);

    private bool IsWrong => divergence.IsThere && divergence.IsOwn([.. replica.State.Servers.All]);

    /// <summary>The server has read what there is.</summary>
    public void OnLevel() => _writtenAt = Now;

    /// <summary>The log brought an entry.</summary>
    public void OnTaken(LogEntry entry)
    {
        switch (entry)
        {
            case LinesEntry lines:
                _lines += lines.Lines.Count;
                break;
            case ImageEntry:
                (_writtenAt, _lines) = (Now, 0);
                health.HasImage();
                break;
        }
    }

    /// <summary>Some time has passed, and this server is level.</summary>
    /// <param name="log">Tells the log from others.</param>
    public void OnBeat(string log)
    {
        if (!IsBusy && !IsWrong && (IsDue() || IsAwaited()))
        {
            Write(log);
        }
    }

    /// <summary>An image is written, or could not be. Either way the next one has time.</summary>
    public void OnDone(Done done)
    {
        (IsBusy, _writtenAt) = (false, Now);
        if (done.Failure is { } failure)
        {
            health.HasNoImage($"no image of the board can be written: {keeping.Log.Fault ?? failure.Message}");
            return;
        }

        send(new ImageEntry(0, done.Sequence));
    }

    /// <summary>Asks where the log begins if this server is the first, which writes images.</summary>
    public void FindBeginningIfFirst()
    {
        if (replica.State.Servers.First == Name)
        {
            keeping.Log.ExtentAsync(keeping.Stopping)
                .PipeTo(self, success: extent => new BeginningFound(extent?.First ?? 0), failure: _ => new BeginningFound(0));
        }
    }

    /// <summary>The log begins here. When somebody purged it, no image may reach that, and no server could start.</summary>
    /// <param name="found">Where it begins.</param>
    /// <param name="log">Tells the log from others.</param>
    public void OnBeginning(BeginningFound found, string log)
    {
        if (found.First > replica.State.Imaged + 1 && !IsBusy && !IsWrong)
        {
            Write(log);
        }
    }

    /// <summary>This server stops, and writes an image for the next start.</summary>
    /// <param name="log">Tells the log from others.</param>
    public void WriteLast(string log)
    {
        if (!IsWrong)
        {
            Write(log);
        }
    }

    private void Write(string log)
    {
        IsBusy = true;
        var image = replica.Image(log);
        var sequence = image.State.Sequence;
        Task.Run(() => keeping.Log.PutImageAsync(sequence, image.ToBytes(), keeping.Stopping), keeping.Stopping)
            .PipeTo(self, success: () => new Done(sequence, null), failure: cause => new Done(sequence, cause));
    }

    // When the first does not write one in its time, the second does, and so on.
    private bool IsDue()
    {
        var place = replica.State.Servers.All.TakeWhile(known => known.Server.Name != Name).Count();
        var age = Now - _writtenAt;
        return age >= (place + 1) * keeping.Settings.ImageInterval
            || (place == 0 && _lines >= LinesUntilImage && age >= LeastInterval);
    }

    // A server whose board is wrong waits for it.
    private bool IsAwaited()
    {
        var isAwaited = divergence.IsThere
            && replica.State.Servers.All.First(known => !divergence.Differs(known.Server.Name)).Server.Name == Name;
        var isNew = isAwaited && !_isOfDivergence;
        _isOfDivergence = isAwaited;
        return isNew;
    }

    /// <summary>An image is written, or could not be.</summary>
    /// <param name="Sequence">The last message that it holds.</param>
    /// <param name="Failure">Why it could not be written; null when it was.</param>
    public sealed record Done(long Sequence, Exception? Failure);

    /// <summary>Where the log begins.</summary>
    /// <param name="First">The first message that it holds; 0 when that is not known.</param>
    public sealed record BeginningFound(long First);
}
