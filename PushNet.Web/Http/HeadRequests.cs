namespace PushNet.Web.Http;

/// <summary>HEAD wherever there is a GET.</summary>
internal static class HeadRequests
{
    /// <summary>What a route that has GET allows.</summary>
    public const string Allowed = "GET, HEAD";

    /// <summary>
    /// Answers HEAD as GET. Kestrel keeps the body back, because it goes by the method that came. Sockets are opened with GET
    /// alone.
    /// </summary>
    public static void UseHead(this WebApplication app)
    {
        app.Use((context, next) =>
        {
            if (HttpMethods.IsHead(context.Request.Method) && !context.Request.Path.StartsWithSegments("/ws"))
            {
                context.Request.Method = HttpMethods.Get;
            }

            return next(context);
        });

        // Behind it: the route is found by the method.
        app.UseRouting();
    }
}
