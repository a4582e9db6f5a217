namespace PushNet.Web.Http;

/// <summary>
/// Set on every connection that came in on the operator port. The connection tells, and not the request, because anybody can write
/// its Host.
/// </summary>
internal sealed class OperatorConnection
{
    public static readonly OperatorConnection Instance = new();

    private OperatorConnection()
    {
    }

    /// <summary>True for a request on the operator port.</summary>
    public static bool Carries(HttpContext context) => context.Features.Get<OperatorConnection>() is not null;
}
