using Microsoft.Extensions.Options;
using PushNet.Web.Http;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Peers;

namespace PushNet.Web.Scoreboard;

/// <summary><c>GET /demo-key</c>: the demo's key for a page on this machine, so that looking at the demo needs no typing.</summary>
internal static class DemoKeyEndpoint
{
    public static void MapDemoKey(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/demo-key", Answer).AllowAnonymous().ExcludeFromDescription();

    private static async Task Answer(HttpContext context, ApiKeyRing keys, IOptions<ForwardedHeadersOptions> forwarded)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (keys.DemoKey is { } key && LocalCaller.Is(context, forwarded.Value))
        {
            await context.Response.WriteAsJsonAsync(new Body(key));
        }
        else
        {
            await context.Response.WriteErrorAsync(StatusCodes.Status404NotFound,
                "there is no demo key for you: it exists while the demo is the only feed, and only for who is on the server's machine");
        }
    }

    private sealed record Body(string Key);
}
