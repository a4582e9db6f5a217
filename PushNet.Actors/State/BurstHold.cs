using Akka.Actor;
using PushNet.Actors.Clock;
using PushNet.Actors.Telemetry;

namespace PushNet.Actors.State;

/// <summary>
/// Makes sources wait that bring more than the publishers send at once, so that a burst makes nobody drop events. Their time is bounded.
/// Once it is spent, no source waits until everything that is pending was sent. A source that has little pending never waits. Belongs to
/// the <see cref="GameStateActor"/>; the time is passed in.
/// </summary>
/// <param name="settings">When and for how long.</param>
/// <param name="metrics">Told how long each hold was.</param>
internal sealed class BurstHold(HoldSettings settings, PushMetrics metrics)
{
    private readonly Queue<Told> _told = [];
    private readonly Dictionary<string, int> _pendingOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<Held>> _held = new(StringComparer.Ordinal);
    private readonly Queue<string> _turns = [];
    private ChannelBacklog[] _backlogs = [];
    private TimeSpan _used;
    private Moment? _since;
    private bool _isSpent = settings.MaxHold <= TimeSpan.Zero;
    private bool _isOff = settings.MaxHold <= TimeSpan.Zero;

    /// <summary>Watches these publishers from now on.</summary>
    public void Watch(IEnumerable<ChannelBacklog> backlogs) => _backlogs = [.. backlogs];

    /// <summary>Takes a group that must wait, or that comes behind one.</summary>
    /// <returns>False when it is to be applied now.</returns>
    public bool TryHold(ObserveLines group, IActorRef sender, Moment now)
    {
        if (!_held.TryGetValue(group.Source, out var behind))
        {
            if (!MustWait(group.Source))
            {
                return false;
            }

            _since ??= now;
            _held.Add(group.Source, behind = []);
            _turns.Enqueue(group.Source);
        }

        behind.Enqueue(new Held(group, sender));
        return true;
    }

    /// <summary>The next group that may be applied now, one source after the other; null when there is none.</summary>
    public Held? Release(Moment now)
    {
        if (TimeLeft(now) <= TimeSpan.Zero)
        {
            Spend();
        }

        for (var sources = _turns.Count; sources > 0; sources--)
        {
            var source = _turns.Dequeue();
            if (MustWait(source))
            {
                _turns.Enqueue(source);
                continue;
            }

            var next = _held[source].Dequeue();
            if (_held[source].Count > 0)
            {
                _turns.Enqueue(source);
            }
            else
            {
                _held.Remove(source);
            }

            if (_turns.Count == 0)
            {
                End(now);
            }

            return next;
        }

        return null;
    }

    /// <summary>How much longer sources may wait; null when none does.</summary>
    public TimeSpan? TimeLeft(Moment now) => settings.MaxHold - _used - (now - _since);

    /// <summary>Events of a source are about to be told to the publishers.</summary>
    /// <param name="source">The source.</param>
    /// <param name="events">How many; over 0.</param>
    /// <param name="lastSeq">The number of the last.</param>
    /// <param name="now">The time.</param>
    public void Tell(string source, int events, long lastSeq, Moment now)
    {
        if (Array.TrueForAll(_backlogs, backlog => backlog.Pending == 0))
        {
            _told.Clear();
            _pendingOf.Clear();
            _isSpent = _isOff;

            // A hold that is under way has its full time again from now on.
            _used = (_since - now) ?? TimeSpan.Zero;
        }
        else
        {
            ForgetWhatLeft();
        }

        _told.Enqueue(new Told(source, events, lastSeq));
        _pendingOf[source] = _pendingOf.GetValueOrDefault(source) + events;
    }

    /// <summary>Nobody waits any more: the server stops.</summary>
    public void Stop()
    {
        _isOff = true;
        Spend();
    }

    private void Spend()
    {
        _isSpent = true;
        Array.ForEach(_backlogs, backlog => backlog.EndBurst());
    }

    private bool MustWait(string source)
    {
        if (_isSpent)
        {
            return false;
        }

        var mustWait = false;
        foreach (var backlog in _backlogs)
        {
            mustWait |= backlog.Pending > settings.Bound && PendingOf(source) > settings.BoundOfSource && backlog.Await(settings.Bound);
        }

        return mustWait;
    }

    private int PendingOf(string source)
    {
        ForgetWhatLeft();
        return _pendingOf.GetValueOrDefault(source);
    }

    private void ForgetWhatLeft()
    {
        var leftUpTo = long.MaxValue;
        foreach (var backlog in _backlogs)
        {
            leftUpTo = Math.Min(leftUpTo, backlog.LeftUpTo);
        }

        while (_told.TryPeek(out var told) && told.LastSeq <= leftUpTo)
        {
            _told.Dequeue();
            if ((_pendingOf[told.Source] -= told.Events) == 0)
            {
                _pendingOf.Remove(told.Source);
            }
        }
    }

    private void End(Moment now)
    {
        var took = now - _since!.Value;
        _used += took;
        _since = null;
        metrics.SourcesHeld(took, _isSpent);
    }

    /// <summary>A group that waits.</summary>
    /// <param name="Group">The group.</param>
    /// <param name="Sender">The actor that gets its receipt.</param>
    internal sealed record Held(ObserveLines Group, IActorRef Sender);

    private readonly record struct Told(string Source, int Events, long LastSeq);
}
