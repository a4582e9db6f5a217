namespace PushNet.Web.Http;

/// <summary>
/// Set on every connection that came in on the operator port, or on the address for metrics. The connection tells, and not the request,
/// because anybody can write its Host.
/// </summary>
internal sealed class OperatorConnection
{
    /// <summary>One of the operator port.</summary>
    public static readonly OperatorConnection ToAll = new();

    /// <summary>One of the address that has the metrics alone.</summary>
    public static readonly OperatorConnection ToMetrics = new();

    private OperatorConnection()
    {
    }

    /// <summary>The connection that a request came by; null for one of the public addresses.</summary>
    public static OperatorConnection? Of(HttpContext context) => context.Features.Get<OperatorConnection>();

    /// <summary>True for a request on the operator port, or on the address for metrics.</summary>
    public static bool Carries(HttpContext context) => Of(context) is not null;
}
