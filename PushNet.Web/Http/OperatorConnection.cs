namespace PushNet.Web.Http;

/// <summary>
/// Set on every connection that came in on the operator port. The connection says so and not the request, whose Host anybody can
/// write.
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
