using PushNet.Actors.Games;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Reading;
using PushNet.Actors.Log.Replica;
using PushNet.Actors.Log.Sending;

namespace PushNet.Actors.Log;

/// <summary>
/// Puts the board of one server in the place of what a log has lost, and finds such a board. The board is an image behind the last message
/// that the log has, and an entry behind that tells the servers that read on.
/// </summary>
internal static class LogRepair
{
    /// <summary>So much higher are the numbers of events afterwards, so that no number means two events.</summary>
    public const long SeqStep = 1_000_000;

    // Servers whose log is lost say so once a second, and others may not know of it yet.
    private const int MostTries = 5;

    /// <summary>Finds a board that was put in the place of what was lost.</summary>
    /// <param name="log">The log.</param>
    /// <param name="known">How often this server knows that it has happened.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>What the log says of itself, and where to begin; null for what is not there.</returns>
    public static async Task<(LogExtent? Extent, LogStart? Start)> FindAsync(IBoardLog log, long known, CancellationToken cancellation)
    {
        if (await log.ExtentAsync(cancellation).ConfigureAwait(false) is not { } extent)
        {
            return (null, null);
        }

        var image = await log.NewestImageAsync(extent.Log, cancellation).ConfigureAwait(false);
        var isRepaired = image?.State.Base > known
            && LogChecks.Of(extent.Log, image.State.Sequence, extent) is LogChecks.Finding.Whole;
        return (extent, isRepaired ? new LogStart(extent, image) : null);
    }

    /// <summary>Puts a board that was kept elsewhere into a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="board">The board.</param>
    /// <param name="isForced">True to take the place of what the log holds.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The number of its last event from now on.</returns>
    /// <exception cref="IOException">The log holds something, or something else came to it meanwhile.</exception>
    public static async Task<long> FillAsync(IBoardLog log, BoardImage board, bool isForced, CancellationToken cancellation)
    {
        var extent = await log.ExtentAsync(cancellation).ConfigureAwait(false);
        if (extent?.Last > 0 && !isForced)
        {
            throw new IOException("servers have used the log already; --force takes the place of the board that it holds");
        }

        // Servers that run must see that it is later than what they have.
        var before = extent is { Log: var id } ? await log.NewestImageAsync(id, cancellation).ConfigureAwait(false) : null;
        return await PutAsync(log, new LogImage("", before?.State ?? new LogState(), board), cancellation).ConfigureAwait(false);
    }

    /// <summary>Puts a board in the place of what was lost.</summary>
    /// <param name="log">The log; it is made again when it is gone.</param>
    /// <param name="board">The board.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The number of its last event from now on.</returns>
    /// <exception cref="IOException">Something else came to the log meanwhile.</exception>
    public static async Task<long> PutAsync(IBoardLog log, LogImage board, CancellationToken cancellation)
    {
        if (await log.ExtentAsync(cancellation).ConfigureAwait(false) is null)
        {
            await log.MakeAgainAsync(cancellation).ConfigureAwait(false);
        }

        var heardAt = board.Board.Games.Select(game => game.LastAccepted.ToUnixTimeMilliseconds()).DefaultIfEmpty().Max();
        for (var tries = 0; tries < MostTries; tries++)
        {
            var extent = await log.ExtentAsync(cancellation).ConfigureAwait(false)
                ?? throw new IOException("the log was made again and is gone again; try again");

            // Later than the try before, of which a server may have found the image.
            board = new LogImage(
                extent.Log,
                board.State.Rebase(extent.Last, heardAt),
                board.Board with { Seq = board.Board.Seq + SeqStep });
            if (await TryPutAsync(log, board, cancellation).ConfigureAwait(false))
            {
                return board.Board.Seq;
            }
        }

        throw new IOException("something else came to the log again and again; try again");
    }

    private static async Task<bool> TryPutAsync(IBoardLog log, LogImage board, CancellationToken cancellation)
    {
        // Images of messages that are lost would stand in front of this one.
        var last = board.State.Sequence;
        await log.DropImagesBehindAsync(last, cancellation).ConfigureAwait(false);
        await log.PutImageAsync(last, board.ToBytes(), cancellation).ConfigureAwait(false);
        var entry = LogEntryCodec.Write(new BaseEntry(LogSession.New(), board.State.Base));
        return await log.TryAppendAsync(entry, last, cancellation).ConfigureAwait(false);
    }
}
