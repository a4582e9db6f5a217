using NATS.Client.Core;
using PushNet.Actors.Journal;
using PushNet.Actors.Log.Entries;

namespace PushNet.Actors.Log.Nats;

/// <summary>Opens a log in NATS, for a server that keeps its board there, and carries boards to and from it.</summary>
public static class NatsBoard
{
    // An election takes a few seconds, and NATS may start at the same time as this server.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Opens the log, and makes it when it is not there.</summary>
    /// <param name="where">Where it is.</param>
    /// <param name="how">How the server follows it.</param>
    /// <exception cref="IOException">It can't be used; a sentence for operators.</exception>
    public static async Task<LogKeeping> OpenAsync(NatsLogSettings where, LogSettings how) =>
        new(how, await PatientlyAsync(where, patience => NatsLog.OpenAsync(where, patience)).ConfigureAwait(false));

    /// <summary>Copies the newest image of the board that the log has.</summary>
    /// <param name="where">Where the log is; its stream may be gone.</param>
    /// <returns>The board. Its number is past those that the servers gave out since.</returns>
    /// <exception cref="IOException">NATS can't be used, or has no image; a sentence for operators.</exception>
    public static async Task<BoardCopy> ExportAsync(NatsLogSettings where)
    {
        var image = await PatientlyAsync(
            where,
            async patience =>
            {
                await using var log = await NatsLog.ConnectAsync(where, patience).ConfigureAwait(false);
                var extent = await log.ExtentAsync(patience).ConfigureAwait(false);
                return await log.NewestImageAsync(extent?.Log, patience).ConfigureAwait(false);
            }).ConfigureAwait(false);
        return image is null
            ? throw new IOException(
                $"there is no image of the board in the stream {where.Images}; a server writes one every minute or so, and when it stops")
            : new BoardCopy(image.Board with { Seq = image.Board.Seq + LogRepair.SeqStep });
    }

    /// <summary>Puts a board into the log.</summary>
    /// <param name="where">Where the log is; it is made when it is not there.</param>
    /// <param name="board">The board.</param>
    /// <param name="isForced">True to take the place of what the log holds.</param>
    /// <returns>The number of the board's last event from now on.</returns>
    /// <exception cref="IOException">NATS can't be used, or the log holds something; a sentence for operators.</exception>
    public static async Task<long> FillAsync(NatsLogSettings where, BoardCopy board, bool isForced)
    {
        await using var log = await PatientlyAsync(where, patience => NatsLog.OpenAsync(where, patience)).ConfigureAwait(false);
        using var patience = new CancellationTokenSource(where.Patience);
        try
        {
            return await LogRepair.FillAsync(log, board.Image, isForced, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NatsException or OperationCanceledException)
        {
            throw new IOException($"NATS does not answer: {e.Message}", e);
        }
    }

    private static async Task<T> PatientlyAsync<T>(NatsLogSettings where, Func<CancellationToken, Task<T>> work)
    {
        using var patience = new CancellationTokenSource(where.Patience);
        var why = "it takes no connection";
        while (!patience.IsCancellationRequested)
        {
            try
            {
                return await work(patience.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is LogUnfitException or LogFormatException)
            {
                throw new IOException(e.Message, e);
            }
            catch (NatsException e)
            {
                why = e.Message;
            }
            catch (OperationCanceledException)
            {
                break;
            }

            await Task.Delay(Pause, CancellationToken.None).ConfigureAwait(false);
        }

        throw new IOException(
            $"NATS can't be used within {where.Patience.TotalSeconds:0} s: {why}. PushNet__Data__Nats says where it is. Its JetStream must "
                + "run, and its user must be allowed to use it.");
    }
}
