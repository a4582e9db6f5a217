using System.Diagnostics.Metrics;
using PushNet.Actors.Telemetry;
using PushNet.Web.Security.Keys;

namespace PushNet.Web.Operators.Metrics;

/// <summary>Shows what somebody must do about the keys whenever somebody collects.</summary>
internal sealed class KeyMetrics
{
    private static readonly TimeSpan Notice = TimeSpan.FromDays(14);

    public KeyMetrics(ApiKeyRing keys, IMeterFactory meters) => meters.Create(PushMetrics.Name).CreateObservableGauge(
        "pushnet.keys.expiring", () => keys.ExpiringWithin(Notice), "{key}", "Keys that end by themselves within 14 days");
}
