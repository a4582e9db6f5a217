using System.CommandLine;
using PushNet.Web.Data;
using PushNet.Web.Hosting;
using PushNet.Web.Settings;

namespace PushNet.Web.Commands;

/// <summary><c>serve</c>: runs the server.</summary>
internal static class ServeCommand
{
    /// <summary>
    /// The exit code of a server whose database another one took. It is not 0, because whatever watches over the server is to start it
    /// again.
    /// </summary>
    private const int DatabaseTaken = 4;

    private static readonly Option<string?> Urls = new("--urls")
    {
        Description = "Addresses to listen on, separated by semicolons. Default: ASPNETCORE_URLS, otherwise http://127.0.0.1:8080.",
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
        using var stop = new StopSignals();
        WebApplication server;
        var operators = new OperatorOptions();
        try
        {
            // Once told to stop, it leaves the start where it stands, whatever that waits for. A kill is no worse, and loses nothing.
            var start = Task.Run(() => StartAsync(Build(parsed.GetValue(Urls), out operators), stop.Token), CancellationToken.None);
            server = await start.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("PushNet was told to stop before it had started.");
            return 0;
        }
        catch (Exception e) when (StartFault.Sentence(e, operators) is { } sentence)
        {
            await Console.Error.WriteLineAsync($"PushNet can't start: {sentence}");
            return 1;
        }

        await using (server)
        {
            var board = server.Services.GetRequiredService<BoardHold>();
            await server.WaitForShutdownAsync(stop.Token);
            return board.Ownership.IsLost ? DatabaseTaken : board.Log is { Ended.IsCompleted: true } ? 1 : 0;
        }
    }

    private static WebApplication Build(string? urls, out OperatorOptions operators)
    {
        var server = PushNetServer.Build(builder =>
        {
            if (urls is not null)
            {
                builder.Configuration[WebHostDefaults.ServerUrlsKey] = urls;
            }
        });
        operators = server.Services.GetRequiredService<PushNetOptions>().Operator;
        return server;
    }

    private static async Task<WebApplication> StartAsync(WebApplication server, CancellationToken stop)
    {
        try
        {
            await Standby.WaitAsync(server, stop);
            await server.StartAsync(stop);
            return server;
        }
        catch
        {
            var isLost = server.Services.GetRequiredService<BoardHold>().Ownership.IsLost;
            await FailedStart.KeepBoardAsync(server.Services);

            // Otherwise the host logs services that had not begun yet as faults of their own, with a stack trace.
            server.Lifetime.StopApplication();
            await server.DisposeAsync();
            if (isLost)
            {
                throw new IOException("another server has taken the database while this one was starting.");
            }

            throw;
        }
    }
}
