using NATS.Client.Core;

namespace PushNet.Actors.Log.Nats;

/// <summary>Opens a log in NATS, for a server that keeps its board there.</summary>
public static class NatsBoard
{
    // An election takes a few seconds, and NATS may start at the same time as this server.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Opens the log, and makes it when it is not there.</summary>
    /// <param name="where">Where it is.</param>
    /// <param name="how">How the server follows it.</param>
    /// <exception cref="IOException">It can't be used; a sentence for operators.</exception>
    public static async Task<LogKeeping> OpenAsync(NatsLogSettings where, LogSettings how)
    {
        using var patience = new CancellationTokenSource(where.Patience);
        var why = "it takes no connection";
        while (!patience.IsCancellationRequested)
        {
            try
            {
                return new LogKeeping(how, await NatsLog.OpenAsync(where, patience.Token).ConfigureAwait(false));
            }
            catch (LogUnfitException e)
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
