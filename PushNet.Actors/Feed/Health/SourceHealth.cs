using PushNet.Actors.Clock;
using PushNet.Actors.State;

namespace PushNet.Actors.Feed.Health;

/// <summary>
/// Keeps what is known of one source: whether it works, how fresh its data is, and what became of it. Thread-safe.
/// </summary>
public sealed class SourceHealth
{
    private readonly TimeSpan _staleAfter;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly RateMeter _rate = new();
    private readonly Moment _since;
    private SourceState _state = SourceState.Waiting;
    private Moment? _lastObservation;
    private ObservationCounts _counts;
    private long? _lag;
    private int _failures;
    private long? _parked;
    private long? _lost;
    private bool _cannotPark;
    private string? _error;

    /// <summary>A source that has sent nothing yet.</summary>
    /// <param name="name">Its name, not used by another source.</param>
    /// <param name="kind">demo, replay, nats or http.</param>
    /// <param name="staleAfter">The silence after which it is stale; 0 for never.</param>
    /// <param name="time">The server's clock.</param>
    public SourceHealth(string name, string kind, TimeSpan staleAfter, TimeProvider time)
    {
        (Name, Kind, _staleAfter, _time) = (name, kind, staleAfter, time);
        _since = Moment.Now(time);
    }

    /// <summary>Told the reason each time the source breaks.</summary>
    public event Action<string>? Broke;

    /// <summary>Told, as a sentence, each time something that was rejected can't be parked.</summary>
    public event Action<string>? NotParked;

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>demo, replay, nats or http.</summary>
    public string Kind { get; }

    /// <summary>True from a failure until it works again.</summary>
    public bool IsFailing
    {
        get
        {
            lock (_gate)
            {
                return _state is SourceState.Failing;
            }
        }
    }

    /// <summary>It works, whether or not there is something to read.</summary>
    public void Works() => Become(SourceState.Running);

    /// <summary>It has sent all it had.</summary>
    public void Ended() => Become(SourceState.Ended);

    /// <summary>It broke.</summary>
    /// <param name="error">Why.</param>
    public void Failed(string error)
    {
        lock (_gate)
        {
            (_state, _error) = (SourceState.Failing, error);
            _failures++;
        }

        Broke?.Invoke(error);
    }

    /// <summary>Lines came.</summary>
    public void Arrived(int lines)
    {
        lock (_gate)
        {
            var now = Moment.Now(_time);
            _rate.Add((long)now.Elapsed.TotalSeconds, lines);
            _lastObservation = now;
            _state = SourceState.Running;
        }
    }

    /// <summary>Lines are settled.</summary>
    public void Settled(ObservationCounts counts)
    {
        lock (_gate)
        {
            _counts += counts;
        }
    }

    /// <summary>A message that was rejected was put where somebody can look at it.</summary>
    public void Parked()
    {
        lock (_gate)
        {
            (_parked, _cannotPark) = ((_parked ?? 0) + 1, false);
        }
    }

    /// <summary>From now on, rejected messages can't be put where somebody can look at them, until one can again.</summary>
    /// <param name="lost">Messages that are lost now because of that.</param>
    /// <param name="sentence">What they are, and why.</param>
    public void CannotPark(int lost, string sentence)
    {
        lock (_gate)
        {
            (_lost, _cannotPark) = ((_lost ?? 0) + lost, true);
        }

        NotParked?.Invoke(sentence);
    }

    /// <summary>This many messages wait in front of the server.</summary>
    public void LagsBy(long messages)
    {
        lock (_gate)
        {
            _lag = messages;
        }
    }

    /// <summary>The state of the source at this moment.</summary>
    public SourceReport Report()
    {
        lock (_gate)
        {
            var now = Moment.Now(_time);
            var silence = now - (_lastObservation ?? _since);
            var isStale = _state is SourceState.Waiting or SourceState.Running && _staleAfter > TimeSpan.Zero && silence > _staleAfter;
            var state = isStale ? SourceState.Stale : _state;
            var problem = state switch
            {
                SourceState.Stale => $"{Shown} has sent nothing for {silence.TotalSeconds:0} s",
                SourceState.Failing => $"{Shown} fails and is tried again; the log says why",
                _ when _cannotPark => $"what {Shown} rejects can't be parked, {_lost} messages are lost; the log says why",
                _ => null,
            };
            return new SourceReport(
                Name,
                Kind,
                state,
                _lastObservation?.WallClock,
                now - _lastObservation,
                _rate.PerSecond((long)now.Elapsed.TotalSeconds),
                _counts,
                _lag,
                _failures,
                state is SourceState.Failing ? _error : null,
                problem)
            {
                Parked = _parked,
                Lost = _lost,
            };
        }
    }

    // Everybody may read this, and nobody should learn what keys are called.
    private string Shown => Kind == SourceReport.OfKeys ? "a key that feeds" : Name;

    private void Become(SourceState state)
    {
        lock (_gate)
        {
            _state = state;
        }
    }
}
