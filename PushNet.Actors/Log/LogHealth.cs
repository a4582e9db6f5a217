using System.Globalization;
using PushNet.Actors.Clock;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.State;

namespace PushNet.Actors.Log;

/// <summary>Where a server stands that follows the log, and what is wrong with that. Pure; not thread-safe.</summary>
/// <param name="settings">How it follows the log.</param>
/// <param name="now">The moment it is.</param>
internal sealed class LogHealth(LogSettings settings, Moment now)
{
    /// <summary>A server is behind when the log takes as long to bring what it sent.</summary>
    public static readonly TimeSpan MaxBehind = TimeSpan.FromSeconds(2);

    /// <summary>A server is behind as well when more messages of the log wait for it.</summary>
    public const long MaxLeft = 5_000;

    /// <summary>Two servers of one name both say that they are there within this time.</summary>
    public static readonly TimeSpan TwinInterval = TimeSpan.FromSeconds(15);

    /// <summary>The clocks of NATS and of this machine may differ by as much.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(1);

    private Moment _heardAt = now;
    private Moment? _askedAt;
    private TimeSpan _took;
    private TimeSpan _skew;
    private long _left;
    private Moment _twinAt = Moment.LongAgo;
    private string? _why;
    private string? _imageFault;

    /// <summary>True when the log can't be followed any more.</summary>
    public bool IsLost { get; private set; }

    /// <summary>True when it has read what there is.</summary>
    public bool IsLevel { get; private set; }

    /// <summary>It reads from the start, or from an image.</summary>
    public void CatchesUp() => IsLevel = false;

    /// <summary>It has read what there is.</summary>
    public void BecomesLevel(Moment now) => (IsLevel, _why, _heardAt, _skew) = (true, null, now, TimeSpan.Zero);

    /// <summary>The log can't be read just now.</summary>
    /// <param name="why">The reason, as a sentence.</param>
    public void Fails(string why) => _why = why;

    /// <summary>The log can be followed again.</summary>
    public void Recovers() => (IsLost, _why) = (false, null);

    /// <summary>The log can't be followed any more.</summary>
    /// <param name="why">The reason, as a sentence.</param>
    public void Loses(string why) => (IsLost, _why) = (true, why);

    /// <summary>An image of the board could not be written.</summary>
    /// <param name="why">The reason, as a sentence.</param>
    public void HasNoImage(string why) => _imageFault = why;

    /// <summary>Some server wrote an image of the board.</summary>
    public void HasImage() => _imageFault = null;

    /// <summary>The log brought a message.</summary>
    public void Hears(LogMessage message, Moment now)
    {
        (_heardAt, _left) = (now, message.Left);
        _skew = TimeSpan.FromMilliseconds(Math.Abs((double)(message.StoredAt - now.Ts)));
    }

    /// <summary>This server tells the others that it is there.</summary>
    public void Asks(Moment now) => _askedAt ??= now;

    /// <summary>The log brought what this server tells of itself, or what another one of its name does.</summary>
    /// <param name="isOwn">True when this server sent it.</param>
    /// <param name="now">The moment it is.</param>
    public void HearsOfItself(bool isOwn, Moment now)
    {
        if (!isOwn)
        {
            _twinAt = now;
            return;
        }

        (_took, _askedAt) = (_askedAt is { } asked ? now - asked : _took, null);
    }

    /// <summary>Where the server stands.</summary>
    /// <param name="sequence">The last message that it applied.</param>
    /// <param name="now">The moment it is.</param>
    public LogStatus Status(long sequence, Moment now)
    {
        var silence = now - _heardAt;
        var behind = _askedAt is { } asked && now - asked > _took ? now - asked : _took;
        return new LogStatus(
            IsLost ? LogStanding.Lost
                : !IsLevel ? LogStanding.CatchingUp
                : silence >= settings.StaleAfter ? LogStanding.CutOff
                : behind >= MaxBehind || _left > MaxLeft ? LogStanding.Behind
                : LogStanding.Ready,
            sequence,
            behind,
            silence);
    }

    /// <summary>What is wrong, as a sentence; null when nothing is.</summary>
    /// <param name="now">The moment it is.</param>
    /// <param name="cause">What the log itself knows of the cause; null: nothing.</param>
    public string? Fault(Moment now, string? cause) => _why ?? Status(0, now) switch
    {
        { Standing: LogStanding.CutOff, Silence: var silence } => In(
            $"no word from the log for {silence.TotalSeconds:0} s: {cause ?? "NATS is away, or this server is cut off from it"}"),
        { Standing: LogStanding.Behind } when _left > MaxLeft => In($"this server has {_left:N0} messages of the log still to read"),
        { Standing: LogStanding.Behind, Behind: var behind } => In(
            $"this server is {behind.TotalSeconds:0.0} s behind the log{(cause is null ? "" : ": ")}{cause}"),
        { Standing: LogStanding.Ready } when _skew > MaxSkew => In(
            $"the clocks of NATS and of this machine differ by {_skew.TotalSeconds:0} s; set them right"),
        _ when now - _twinAt < TwinInterval =>
            $"another server on the log is called {settings.Name} too; give each a name of its own in PushNet__Data__Log__Name",
        _ => cause ?? _imageFault,
    };

    private static string In(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
