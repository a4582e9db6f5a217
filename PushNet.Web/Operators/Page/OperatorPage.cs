using Microsoft.Extensions.FileProviders;
using PushNet.Web.Operators.Port;

namespace PushNet.Web.Operators.Page;

/// <summary>
/// <c>/ops</c> on the operator port: a page that asks the commands. It holds no data itself, so it is open. What it asks for needs a
/// key.
/// </summary>
internal static class OperatorPage
{
    private const string Policy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private static readonly EmbeddedFileProvider Files = new(typeof(OperatorPage).Assembly, "");

    public static void Map(IEndpointRouteBuilder routes)
    {
        Map(routes, "", "ops.html", "text/html; charset=utf-8");
        Map(routes, "/page.js", "ops.js", "text/javascript; charset=utf-8");
        Map(routes, "/page.css", "ops.css", "text/css; charset=utf-8");

        // The look of the public pages, which this port doesn't have.
        Map(routes, "/look.css", "look.css", "text/css; charset=utf-8");
        Map(routes, "/favicon.svg", "favicon.svg", "image/svg+xml");
    }

    private static void Map(IEndpointRouteBuilder routes, string path, string file, string type) =>
        routes.MapGet(OperatorPort.Prefix + path, context =>
    {
        var headers = context.Response.Headers;
        (headers.ContentSecurityPolicy, headers.XContentTypeOptions, headers.CacheControl) = (Policy, "nosniff", "no-cache");
        headers["Referrer-Policy"] = "no-referrer";
        context.Response.ContentType = type;
        return context.Response.SendFileAsync(Files.GetFileInfo(file));
    }).AllowAnonymous();
}
