using System.Diagnostics.Metrics;
using PushNet.Actors.Telemetry;

namespace PushNet.Web.Telemetry;

/// <summary>Counts connections and refusals, each once in its life.</summary>
internal sealed class ConnectionMetrics
{
    private readonly UpDownCounter<long> _open;
    private readonly Counter<long> _opened;
    private readonly Counter<long> _closed;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _joinDuration;

    public ConnectionMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(PushMetrics.Name);
        _open = meter.CreateUpDownCounter<long>("pushnet.connections", "{connection}", "Connections that are open");
        _opened = meter.CreateCounter<long>("pushnet.connections.opened", "{connection}", "Connections that were upgraded");
        _closed = meter.CreateCounter<long>("pushnet.connections.closed", "{connection}", "Connections that ended, by cause");
        _refused = meter.CreateCounter<long>("pushnet.requests.refused", "{request}", "Requests that were refused, by reason");
        _joinDuration = meter.CreateHistogram(
            "pushnet.join.duration", "s", "From the upgrade until the socket took welcome and snapshot", advice: PushMetrics.Seconds);
    }

    public void Opened(string channel)
    {
        _open.Add(1, Tag(channel));
        _opened.Add(1, Tag(channel));
    }

    public void Joined(string channel, TimeSpan took) => _joinDuration.Record(took.TotalSeconds, Tag(channel));

    /// <summary>A connection has ended.</summary>
    /// <param name="channel">Its channel.</param>
    /// <param name="cause">One of <see cref="Sockets.EndCause"/>.</param>
    public void Closed(string channel, string cause)
    {
        _open.Add(-1, Tag(channel));
        _closed.Add(1, Tag(channel), new("cause", cause));
    }

    /// <summary>A request was refused.</summary>
    /// <param name="reason">One of <see cref="RefusalReason"/>.</param>
    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    private static KeyValuePair<string, object?> Tag(string channel) => new("channel", channel);
}
