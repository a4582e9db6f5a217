namespace PushNet.Web.Http;

/// <summary>Answers HEAD wherever there is a GET.</summary>
internal static class HeadRequests
{
    /// <summary>What a route that has GET allows.</summary>
    public const string Allowed = "GET, HEAD";

    /// <summary>False for the addresses of connections, which are opened with GET only.</summary>
    public static bool ArePossibleAt(PathString path) => !path.StartsWithSegments("/ws") && !path.StartsWithSegments("/sse");

    /// <summary>
    /// Answers HEAD as if it were GET. Kestrel holds the body back, because it goes by the method that was sent.
    /// </summary>
    public static void UseHead(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (HttpMethods.IsHead(context.Request.Method) && ArePossibleAt(context.Request.Path))
            {
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });

        // Routing comes behind it, because the route is found by the method.
        app.UseRouting();
    }
}
