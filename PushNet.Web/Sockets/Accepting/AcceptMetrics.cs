using System.Diagnostics.Metrics;
using PushNet.Actors.Telemetry;

namespace PushNet.Web.Sockets.Accepting;

/// <summary>Shows the caps on connections, and how much of them is taken.</summary>
internal static class AcceptMetrics
{
    /// <summary>Begins to show them.</summary>
    public static void Show(IMeterFactory meters, ConnectionCap cap, AcceptLimit accepted)
    {
        var meter = meters.Create(PushMetrics.Name);
        meter.CreateObservableUpDownCounter(
            "pushnet.connections.limit", () => cap.Limit, "{connection}", "The cap on connections in force");
        meter.CreateObservableUpDownCounter(
            "pushnet.tcp.connections", () =>
                accepted.Count, "{connection}", "TCP connections of the public addresses, whatever they are for");
        meter.CreateObservableUpDownCounter("pushnet.tcp.connections.limit", () => accepted.Limit, "{connection}", "The cap on these");
        meter.CreateObservableCounter(
            "pushnet.tcp.evicted", () =>
                accepted.Evicted, "{connection}", "Connections without a request that were closed for others at the cap");
        meter.CreateObservableCounter(
            "pushnet.tcp.accept.failures", () =>
                accepted.Failures, "{failure}", "How often a connection could not be accepted, for want of files or of memory");
    }
}
