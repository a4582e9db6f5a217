using System.CommandLine;
using PushNet.Web.Data;
using PushNet.Web.Settings;

namespace PushNet.Web.Commands;

/// <summary><c>serve</c>: runs the server.</summary>
internal static class ServeCommand
{
    /// <summary>The exit code of a server that another one took the database from. Not 0: whatever watches over the server is to start it again.</summary>
    private const int DatabaseTaken = 4;

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
        var operators = "";
        try
        {
            await using var server = PushNetServer.Build(builder =>
            {
                if (parsed.GetValue(Urls) is { } urls)
                {
                    builder.Configuration[WebHostDefaults.ServerUrlsKey] = urls;
                }
            });
            operators = server.Services.GetRequiredService<PushNetOptions>().Operator.Url;
            var board = server.Services.GetRequiredService<BoardHold>();
            await server.RunAsync(cancellation);
            return board.IsLost ? DatabaseTaken : 0;
        }
        catch (Exception e) when (e is SettingsException or IOException)
        {
            var hint = operators.Length > 0 && e.Message.Contains(operators, StringComparison.Ordinal)
                ? $" That is the address for operators; {SettingsRules.Name("Operator:Url")} names another, or none when it is empty."
                : "";
            await Console.Error.WriteLineAsync($"PushNet can't start: {e.Message}{hint}");
            return 1;
        }
    }
}
