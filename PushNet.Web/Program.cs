using System.CommandLine;
using PushNet.Web;
using PushNet.Web.Settings;

var urls = new Option<string?>("--urls") { Description = "Addresses to listen on, separated by semicolons. Default: ASPNETCORE_URLS, else http://127.0.0.1:8080." };
var serve = new Command("serve", "Runs the server (the default).") { urls };
serve.SetAction((parsed, cancellation) => Serve(parsed.GetValue(urls), cancellation));

var root = new RootCommand("PushNet pushes live scores and odds over WebSockets.") { serve };
root.Options.Add(urls);
root.SetAction((parsed, cancellation) => Serve(parsed.GetValue(urls), cancellation));

// The host has its own handling of Ctrl-C and SIGTERM, which drains.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });

static async Task<int> Serve(string? urls, CancellationToken cancellation)
{
    try
    {
        await using var server = PushNetServer.Build(builder =>
        {
            if (urls is not null)
            {
                builder.Configuration[WebHostDefaults.ServerUrlsKey] = urls;
            }
        });
        await server.RunAsync(cancellation);
        return 0;
    }
    catch (Exception e) when (e is SettingsException or IOException)
    {
        await Console.Error.WriteLineAsync($"PushNet can't start: {e.Message}");
        return 1;
    }
}
