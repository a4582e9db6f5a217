using System.CommandLine;
using PushNet.Web.Settings;

namespace PushNet.Web.Commands;

/// <summary><c>serve</c>: runs the server.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by semicolons. Default: ASPNETCORE_URLS, else http://127.0.0.1:8080.",
    };

    public static Command Create()
    {
        var serve = new Command("serve", "Runs the server (the default).") { Urls };
        serve.SetAction(Run);
        return serve;
    }

    /// <summary>Makes a command without a subcommand serve.</summary>
    public static void MakeDefaultOf(RootCommand root)
    {
        root.Options.Add(Urls);
        root.SetAction(Run);
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        try
        {
            await using var server = PushNetServer.Build(builder =>
            {
                if (parsed.GetValue(Urls) is { } urls)
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
}
