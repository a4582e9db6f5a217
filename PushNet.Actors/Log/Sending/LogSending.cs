using System.Threading.Channels;
using PushNet.Actors.Log.Reading;

namespace PushNet.Actors.Log.Sending;

/// <summary>
/// Sends entries one after the other, beside the thread that hands them over. What can't be sent is dropped, with all that waits behind
/// it: what matters is sent again, and nothing piles up while the log is away.
/// </summary>
internal sealed class LogSending
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Channel<ReadOnlyMemory<byte>> _entries =
        Channel.CreateUnbounded<ReadOnlyMemory<byte>>(new UnboundedChannelOptions { SingleReader = true });

    private readonly IBoardLog _log;

    /// <summary>Sends until it is canceled.</summary>
    public LogSending(IBoardLog log, CancellationToken end)
    {
        _log = log;
        _ = Task.Run(() => RunAsync(end), CancellationToken.None);
    }

    /// <summary>How often the way to the log was opened. What was sent before may never arrive.</summary>
    public int Openings => _log.Openings;

    /// <summary>Sends an entry.</summary>
    public void Send(ReadOnlyMemory<byte> entry) => _entries.Writer.TryWrite(entry);

    private async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            try
            {
                var entry = await _entries.Reader.ReadAsync(end).ConfigureAwait(false);
                await _log.SendAsync(entry, end).AsTask().WaitAsync(Patience, end).ConfigureAwait(false);
            }
            catch (Exception)
            {
                while (_entries.Reader.TryRead(out _))
                {
                }
            }
        }
    }
}
