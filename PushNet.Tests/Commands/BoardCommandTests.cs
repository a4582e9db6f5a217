using System.CommandLine;
using PushNet.Web.Commands;
using PushNet.Web.Data;

namespace PushNet.Tests.Commands;

public sealed class BoardCommandTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void What_is_accepted_is_shown_and_then_gone()
    {
        var notes = new BoardNotes(new DataDirectory(_folder.Name));
        notes.NoteCommit(7);
        notes.NoteLosses(["journal.db was missing.", "snapshots.db\nwas empty."], 3);
        notes.NoteLosses(["journal.db was missing."], 2);
        Assert.Equal(["journal.db was missing.", "snapshots.db was empty."], notes.Losses);
        Assert.Equal(2, notes.LastCommit);

        var output = Accept(_folder.Name);

        Assert.Contains("Accepted: journal.db was missing.", output);
        Assert.Contains("Accepted: snapshots.db was empty.", output);
        Assert.False(notes.HasLosses);
        Assert.Null(notes.LastCommit);
        Assert.Equal($"The board in {_folder.Name} is taken as its files hold it.", Accept(_folder.Name).Trim());
    }

    [Fact]
    public void The_number_of_a_commit_only_grows()
    {
        var notes = new BoardNotes(new DataDirectory(_folder.Name));
        notes.NoteCommit(10);
        notes.NoteCommit(9);

        Assert.Equal(10, notes.LastCommit);
        File.WriteAllText(_folder.File("board.commit"), "nonsense");
        Assert.Null(notes.LastCommit);
    }

    [Fact]
    public void A_directory_that_is_not_there_is_a_sentence()
    {
        var (exit, _, error) = Run(_folder.File("nowhere"));

        Assert.Equal((1, $"there is no {_folder.File("nowhere")}"), (exit, error.Trim()));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs <c>board accept</c> for a directory.</summary>
    /// <returns>What it printed.</returns>
    internal static string Accept(string directory)
    {
        var (exit, output, error) = Run(directory);
        Assert.True(exit == 0, error);
        return output;
    }

    private static (int Exit, string Output, string Error) Run(string directory)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = BoardCommand.Create().Parse(["accept", "--data", directory])
            .Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (exit, output.ToString(), error.ToString());
    }
}
