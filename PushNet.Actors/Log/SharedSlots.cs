using PushNet.Actors.Clock;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;

namespace PushNet.Actors.Log;

/// <summary>
/// The connections that this server may have when all servers on the log have a cap together. The log grants them, as the reports of
/// this server ask for them. Thread-safe.
/// </summary>
/// <param name="cap">Connections over all servers; 0 for no cap.</param>
/// <param name="time">The clock.</param>
public sealed class SharedSlots(int cap, TimeProvider time)
{
    /// <summary>
    /// The slots of a server are its own for so long after it sent the last report that the log brought. Others may be given them a few
    /// seconds later, see <see cref="ServerTable.Gone"/>.
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private const int MostAhead = 256;
    private const int MostSent = 64;

    private readonly Lock _gate = new();
    private readonly Queue<(long Report, int Wanted, Moment At)> _sent = new();
    private int _cap = cap;
    private int _open;
    private int _limit;
    private bool _hasLapsed;
    private Moment? _heardFrom;

    /// <summary>Connections over all servers; 0 for no cap.</summary>
    public int Cap
    {
        get
        {
            lock (_gate)
            {
                return _cap;
            }
        }

        internal set
        {
            lock (_gate)
            {
                _cap = value;
            }
        }
    }

    /// <summary>Connections that this server may have; null when there is no cap.</summary>
    public int? Limit
    {
        get
        {
            lock (_gate)
            {
                return LimitNow;
            }
        }
    }

    /// <summary>
    /// True when others may be given the slots of this server, because no report of it came back. Its clients must leave.
    /// </summary>
    public bool HasLapsed
    {
        get
        {
            lock (_gate)
            {
                return IsLapsed;
            }
        }
    }

    /// <summary>True when there is a slot.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_gate)
            {
                return !(_open >= LimitNow);
            }
        }
    }

    private int? LimitNow => _cap == 0 ? null : IsLapsed ? 0 : _limit;

    private bool IsLapsed => _cap > 0 && (_hasLapsed || (_heardFrom is { } sent && Moment.Now(time) - sent >= Patience));

    private int Ahead => Math.Clamp(_cap / 64, 1, MostAhead);

    /// <summary>Takes a slot.</summary>
    /// <returns>True when there was one, and the caller owes one <see cref="GiveBack"/>.</returns>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (_open >= LimitNow)
            {
                return false;
            }

            _open++;
            return true;
        }
    }

    /// <summary>Gives a slot back.</summary>
    public void GiveBack()
    {
        lock (_gate)
        {
            _open--;
            _hasLapsed &= _open > 0;
        }
    }

    /// <summary>A report is sent, which says how many slots this server wants.</summary>
    /// <param name="report">See <see cref="LogServer.Report"/>.</param>
    /// <returns>What is wanted. This server has no more from now on, because others may be given the rest.</returns>
    internal int Want(long report)
    {
        lock (_gate)
        {
            var wanted = _cap == 0 ? 0 : _open + Ahead;
            _limit = Math.Min(_limit, wanted);
            _sent.Enqueue((report, wanted, Moment.Now(time)));
            if (_sent.Count > MostSent)
            {
                _sent.Dequeue();
            }

            return wanted;
        }
    }

    /// <summary>The log brought a report.</summary>
    /// <param name="report">The newest that it brought; one that is not known any more changes nothing.</param>
    /// <param name="slots">What it was granted.</param>
    internal void Grant(long report, int slots)
    {
        lock (_gate)
        {
            while (_sent.TryPeek(out var first) && first.Report < report)
            {
                _sent.Dequeue();
            }

            if (_sent.TryPeek(out var sent) && sent.Report == report)
            {
                _sent.Dequeue();

                // A server that hung comes to itself when others have its slots already.
                _hasLapsed = IsLapsed && _open > 0;
                _heardFrom = sent.At;

                // The log may have read later reports already.
                _limit = _sent.Aggregate(slots, (least, later) => Math.Min(least, later.Wanted));
            }
        }
    }

    /// <summary>True when a report would bring slots that are needed, and none is on its way.</summary>
    /// <param name="room">What the log would grant at most.</param>
    internal bool IsShort(long room)
    {
        lock (_gate)
        {
            return _sent.Count == 0 && _open + (Ahead / 2) >= LimitNow && room > _limit;
        }
    }
}
