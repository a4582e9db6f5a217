using System.Diagnostics;
using PushNet.Actors.Telemetry;

namespace PushNet.Web.Telemetry;

/// <summary>What is traced: joins and ingest bodies, never a delivery. Costs nothing while nobody collects traces.</summary>
internal static class Traces
{
    /// <summary>Where traces come from, for those who collect them.</summary>
    public static readonly ActivitySource Source = new(PushMetrics.Name);

    /// <summary>Lasts from the upgrade until the socket took welcome and snapshot.</summary>
    public static Activity? Join(string channel, long connectionId) =>
        Source.StartActivity("join", ActivityKind.Server)?.SetTag("pushnet.channel", channel).SetTag("pushnet.connection.id", connectionId);

    /// <summary>Lasts as long as a body of <c>POST /v1/ingest</c>.</summary>
    public static Activity? Ingest(string source) => Source.StartActivity("ingest", ActivityKind.Server)?.SetTag("pushnet.source", source);
}
