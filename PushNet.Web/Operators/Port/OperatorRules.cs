using System.Net;
using PushNet.Web.Settings;
using static PushNet.Web.Settings.SettingsRules;

namespace PushNet.Web.Operators.Port;

/// <summary>The rules for the operators' addresses in the settings.</summary>
internal static class OperatorRules
{
    /// <summary>Checks them.</summary>
    /// <exception cref="SettingsException">One can't be used.</exception>
    public static void Check(PushNetOptions options)
    {
        Require(OperatorAddress.Fault(options.Operator.Url) is null,
            $"{Name("Operator:Url")} is \"{options.Operator.Url}\". {OperatorAddress.Fault(options.Operator.Url)}");
        var metrics = options.Operator.Metrics.Url;
        Require(OperatorAddress.MetricsFault(metrics) is null,
            $"{Name("Operator:Metrics:Url")} is \"{metrics}\". {OperatorAddress.MetricsFault(metrics)}");
        Require(!Takes(OperatorAddress.Of(metrics), OperatorAddress.Of(options.Operator.Url)),
            $"{Name("Operator:Metrics:Url")} takes the operator port, which has the metrics already. Give it another port, or "
            + "leave it empty.");
    }

    // The kernel chooses different ports in place of 0.
    private static bool Takes(OperatorAddress? metrics, OperatorAddress? operators) =>
        metrics is not null && operators is not null
        && (metrics == operators
            || (metrics.EndPoint.Port == operators.EndPoint.Port && metrics.EndPoint.Port != 0 && IsEvery(metrics.EndPoint.Address)));

    private static bool IsEvery(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
