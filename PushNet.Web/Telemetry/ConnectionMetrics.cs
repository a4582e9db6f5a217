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
        _opened = meter.CreateCounter<long>("pushnet.connections.opened", "{connection}", "Connections that began");
        _closed = meter.CreateCounter<long>("pushnet.connections.closed", "{connection}", "Connections that ended, by cause");
        _refused = meter.CreateCounter<long>("pushnet.requests.refused", "{request}", "Requests that were refused, by reason");
        _joinDuration = meter.CreateHistogram(
            "pushnet.join.duration",
            "s",
            "From the answer to the request until the socket took welcome and snapshot",
            advice: PushMetrics.Seconds);
    }

    public void Opened(string channel, string protocol)
    {
        _open.Add(1, Tag(channel), TransportTag(protocol));
        _opened.Add(1, Tag(channel), TransportTag(protocol));
    }

    public void Joined(string channel, TimeSpan took) => _joinDuration.Record(took.TotalSeconds, Tag(channel));

    /// <summary>A connection has ended.</summary>
    /// <param name="channel">Its channel.</param>
    /// <param name="protocol">The name of what its frames travelled in.</param>
    /// <param name="cause">One of <see cref="Sockets.EndCause"/>.</param>
    public void Closed(string channel, string protocol, string cause)
    {
        _open.Add(-1, Tag(channel), TransportTag(protocol));
        _closed.Add(1, Tag(channel), TransportTag(protocol), new("cause", cause));
    }

    /// <summary>A request was refused.</summary>
    /// <param name="reason">One of <see cref="RefusalReason"/>.</param>
    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    private static KeyValuePair<string, object?> Tag(string channel) => new("channel", channel);

    private static KeyValuePair<string, object?> TransportTag(string protocol) => new("transport", protocol);
}
