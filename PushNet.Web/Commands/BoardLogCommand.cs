using System.CommandLine;
using PushNet.Actors.Journal;
using PushNet.Actors.Log.Nats;
using PushNet.Web.Data;
using PushNet.Web.Hosting;
using PushNet.Web.Settings;

namespace PushNet.Web.Commands;

/// <summary><c>board-log</c>: carries the board of the log that servers share to a data directory, and back.</summary>
internal static class BoardLogCommand
{
    /// <summary>The command with its subcommands.</summary>
    public static Command Create() => new(
        "board-log", $"Carries the board of the log of several servers ({SettingsRules.Name("Data:Nats")}) to a data directory, and back.")
    {
        Export(), Fill(),
    };

    private static Command Export()
    {
        var directory = new Argument<string>("DIR") { Description = "A data directory; it is made, or holds no board yet." };
        var command = new Command(
            "export",
            "Writes the newest image of the board to a data directory, with which a single server can start. Servers may run.")
        { directory };
        command.SetAction((parsed, _) => RunAsync(parsed, async (where, output) =>
        {
            var data = new DataDirectory(CallerFolder.Resolve(parsed.GetRequiredValue(directory)));
            if (KeptBoard.IsIn(data))
            {
                throw new IOException($"{data.FullPath} holds a board already; name a directory that holds none");
            }

            var board = await NatsBoard.ExportAsync(where);
            await KeptBoard.WriteAsync(data, board);
            await output.WriteLineAsync(
                $"{data.FullPath} holds the board of the log {where.Stream}: {TextOf(board)}. A server that starts with it goes on at "
                    + $"seq {board.Seq}.");
        }));
        return command;
    }

    private static Command Fill()
    {
        var directory = new Argument<string>("DIR") { Description = "A data directory that no server uses." };
        var force = new Option<bool>("--force") { Description = "Take the place of the board that the log holds." };
        var command = new Command(
            "fill", "Puts the board of a data directory into a log that no server has used yet. Keys are not carried: see keys import.")
        { directory, force };
        command.SetAction((parsed, _) => RunAsync(parsed, async (where, output) =>
        {
            var data = new DataDirectory(CallerFolder.Resolve(parsed.GetRequiredValue(directory)));
            if (!KeptBoard.IsIn(data))
            {
                throw new IOException($"there is no board in {data.FullPath}");
            }

            var (board, losses) = await KeptBoard.ReadAsync(data);
            foreach (var loss in losses)
            {
                await output.WriteLineAsync($"In {data.FullPath}: {loss}");
            }

            var seq = await NatsBoard.FillAsync(where, board, parsed.GetValue(force));
            await output.WriteLineAsync(
                $"The log {where.Stream} holds the board of {data.FullPath}: {TextOf(board)}. Servers go on at seq {seq}.");
        }));
        return command;
    }

    private static string TextOf(BoardCopy board) => $"{board.Games} games, {board.Outcomes} outcomes";

    private static Task<int> RunAsync(ParseResult parsed, Func<NatsLogSettings, TextWriter, Task> action) => Attempt.RunAsync(
        parsed,
        output => action(
            PushNetServer.Configure(null).Options.Data is { Nats.Length: > 0 } data
                ? SharedLog.Where(data)
                : throw new SettingsException($"{SettingsRules.Name("Data:Nats")} is empty, so there is no log."),
            output));
}
