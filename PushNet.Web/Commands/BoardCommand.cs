using System.CommandLine;
using PushNet.Web.Data;

namespace PushNet.Web.Commands;

/// <summary><c>board</c>: ends the report of what is missing from the files of the board. The server may run or not.</summary>
internal static class BoardCommand
{
    private static readonly Option<string?> Data = DataOption.Create();

    /// <summary>The command with its subcommands.</summary>
    public static Command Create() => new("board", "Manages the report of what is missing from the files of the board.") { Accept(), Data };

    private static Command Accept()
    {
        var accept = new Command(
            "accept",
            "Accepts the board as its files are, which ends the report of what is missing. Use it after restoring a backup, or "
            + "when you have read the report. A running server notices within a second.");
        accept.SetAction((parsed, _) => Attempt.RunAsync(parsed, output => AcceptAsync(parsed, output)));
        return accept;
    }

    private static async Task AcceptAsync(ParseResult parsed, TextWriter output)
    {
        var directory = DataOption.Directory(parsed.GetValue(Data));
        if (!Directory.Exists(directory.FullPath))
        {
            throw new IOException($"there is no {directory.FullPath}");
        }

        foreach (var loss in new BoardNotes(directory).Accept())
        {
            await output.WriteLineAsync($"Accepted: {loss}");
        }

        await output.WriteLineAsync($"The board in {directory.FullPath} is taken as its files hold it.");
    }
}
