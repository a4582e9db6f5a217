using System.Globalization;
using System.Text;

namespace PushNet.Web.Data;

/// <summary>
/// What is noted beside the files of the board: the number of the last commit, from which a start sees that commits are missing, and
/// what was found missing or damaged, until somebody accepts it.
/// </summary>
internal sealed class BoardNotes(DataDirectory data)
{
    private readonly string _commitFile = Path.Combine(data.FullPath, "board.commit");
    private readonly string _lossesFile = Path.Combine(data.FullPath, "board.losses");

    /// <summary>The number of the last commit, or of one shortly before it; null when it is not known.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public long? LastCommit =>
        Lines(_commitFile) is [var line, ..] && long.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    /// <summary>What was lost and not accepted yet; sentences.</summary>
    /// <exception cref="IOException">They can't be read.</exception>
    public IReadOnlyList<string> Losses => Lines(_lossesFile);

    /// <summary>True until they are accepted.</summary>
    public bool HasLosses => File.Exists(_lossesFile);

    /// <summary>Notes the number of a commit, unless that of a later one is noted.</summary>
    /// <exception cref="IOException">It can't be written or read.</exception>
    public void NoteCommit(long number)
    {
        if (!(LastCommit >= number))
        {
            WriteCommit(number);
        }
    }

    /// <summary>Notes what was found missing, and that the numbers of commits continue behind what is left.</summary>
    /// <param name="losses">Sentences.</param>
    /// <param name="newest">The number of the newest commit that is left.</param>
    /// <exception cref="IOException">It can't be written; the next start will find the same again.</exception>
    public void NoteLosses(IEnumerable<string> losses, long newest)
    {
        DataDirectory.CreatePrivate(_lossesFile);
        File.AppendAllLines(_lossesFile, losses.Select(loss => loss.ReplaceLineEndings(" ")).Except(Losses));
        WriteCommit(newest);
    }

    /// <summary>Accepts the board as its files hold it now.</summary>
    /// <returns>What was lost.</returns>
    /// <exception cref="IOException">The files can't be read or deleted.</exception>
    public IReadOnlyList<string> Accept()
    {
        var losses = Losses;
        File.Delete(_commitFile);
        File.Delete(_lossesFile);
        return losses;
    }

    private void WriteCommit(long number)
    {
        // Written in place and always with the same length, so that even after a crash a reader finds either the number before or this one.
        DataDirectory.CreatePrivate(_commitFile);
        using var file = File.OpenHandle(_commitFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        RandomAccess.Write(file, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number:D19}\n")), 0);
    }

    private static string[] Lines(string file)
    {
        try
        {
            return File.Exists(file) ? File.ReadAllLines(file) : [];
        }
        catch (UnauthorizedAccessException e)
        {
            throw new IOException($"{file} can't be read: {e.Message}", e);
        }
    }
}
