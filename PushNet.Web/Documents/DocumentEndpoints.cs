using System.Text.Json;
using Microsoft.Net.Http.Headers;
using Scalar.AspNetCore;

namespace PushNet.Web.Documents;

/// <summary>The documents and the page that shows them. They need no key, and the page loads nothing from outside.</summary>
internal static class DocumentEndpoints
{
    private const string OpenApiPath = "/openapi.json";
    private const string AsyncApiPath = "/asyncapi.json";
    private const string Json = "application/json; charset=utf-8";

    // The page's own script makes styles and images as it runs. Nothing else is let in, so it can't call home.
    private const string OnlyFromHere =
        "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src "
            + "'self' data:; "
        + "connect-src 'self'; worker-src 'self' blob:; base-uri 'self'; form-action 'none'; frame-ancestors 'none'";

    private const string Look = """
        <link rel="icon" href="../favicon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="../look.css">
        <link rel="stylesheet" href="../docs.css">
        <script type="module" src="../links.js"></script>
        """;

    private const string Header = """
        <header>
          <h1><a href="../"><img src="../favicon.svg" alt="">PushNet</a></h1>
          <nav class="switch" aria-label="Documents">
            <a href="?api=rest">REST</a>
            <a href="?api=channels">Channels</a>
          </nav>
          <nav class="links" aria-label="Other pages">
            <a href="../">Scoreboard</a>
            <a href="../operators" data-here hidden>Operators</a>
          </nav>
        </header>
        """;

    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        // Made once: anybody may ask for them.
        var openApi = new Lazy<Task<byte[]>>(() => OpenApi.DocumentAsync(routes.ServiceProvider));
        var asyncApi = JsonSerializer.SerializeToUtf8Bytes(AsyncApi.Document());
        routes.MapGet(OpenApiPath, async () => Results.Bytes(await openApi.Value, Json)).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet(AsyncApiPath, () => Results.Bytes(asyncApi, Json)).AllowAnonymous().ExcludeFromDescription();
        routes.MapScalarApiReference("/docs", page => page
            .WithTitle("PushNet API")
            .AddHeadContent(Look)
            .AddHeaderContent(Header)
            .AddDocument("rest", "REST", OpenApiPath)
            .AddAsyncApiDocument("channels", "Channels", AsyncApiPath)
            .WithTheme(ScalarTheme.None)
            .HideDeveloperTools()
            .HideClientButton()
            .HideDarkModeToggle()
            .DisableDefaultFonts()
            .DisableAgent()
            .DisableMcp()
            .DisableTelemetry()).AllowAnonymous().AddEndpointFilter(LoadNothingFromOutside);
    }

    private static ValueTask<object?> LoadNothingFromOutside(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers[HeaderNames.ContentSecurityPolicy] = OnlyFromHere;
        return next(context);
    }
}
