using Microsoft.Extensions.FileProviders;
using PushNet.Web.Settings;

namespace PushNet.Web.Scoreboard;

/// <summary>The page of <c>wwwroot</c>, at <c>/</c>. Its files hold nothing secret and need no key.</summary>
internal static class ScoreboardPage
{
    // The page is its own files and what it reads from this server; no other page may put a frame around it.
    private const string OnlyFromHere =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action "
            + "'none'; frame-ancestors 'none'";

    public static void UseScoreboard(this WebApplication app)
    {
        if (CallerFolder.IsProject)
        {
            // The client module is in clients/js, and the build puts it beside the program.
            app.Environment.WebRootFileProvider = new CompositeFileProvider(
                app.Environment.WebRootFileProvider, new PhysicalFileProvider(Path.Combine(AppContext.BaseDirectory, "wwwroot")));
        }

        app.UseDefaultFiles();
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => Guard(file.Context.Response.Headers) });
    }

    private static void Guard(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = OnlyFromHere;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";

        // The browser asks again each time and is answered 304, so a new server never meets the scripts of an old one.
        headers.CacheControl = "no-cache";
    }
}
