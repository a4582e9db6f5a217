using System.Globalization;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace PushNet.Actors.Log.Nats;

/// <summary>The log in NATS JetStream: a stream of entries.</summary>
internal sealed class NatsLog : IAsyncDisposable
{
    private const int NotFound = 404;

    private readonly NatsLogSettings _settings;
    private readonly NatsConnection _sending;
    private readonly NatsConnection _reading;
    private readonly NatsJSContext _jetStream;

    private NatsLog(NatsLogSettings settings)
    {
        // Two connections, so that megabytes of catching up don't stand in front of what is sent.
        (_settings, _sending, _reading) = (settings, NatsLogConnection.To(settings), NatsLogConnection.To(settings));
        _jetStream = new NatsJSContext(_reading);
    }

    /// <summary>Connects, and makes the stream unless it is there; one that is there stays as it is.</summary>
    /// <param name="settings">Where the log is.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="NatsException">NATS is not there, or refuses.</exception>
    /// <exception cref="LogUnfitException">The stream that is there can't be the log.</exception>
    public static async Task<NatsLog> OpenAsync(NatsLogSettings settings, CancellationToken cancellation)
    {
        var log = new NatsLog(settings);
        try
        {
            await log._sending.ConnectAsync().AsTask().WaitAsync(cancellation).ConfigureAwait(false);
            await log._reading.ConnectAsync().AsTask().WaitAsync(cancellation).ConfigureAwait(false);
            var stream = await log.FindAsync(cancellation).ConfigureAwait(false)
                ?? await log._jetStream.CreateStreamAsync(NatsLogStream.Make(settings), cancellation).ConfigureAwait(false);
            return NatsLogStream.WhyUnfit(stream.Info.Config, settings) is { } why ? throw new LogUnfitException(why) : log;
        }
        catch
        {
            await log.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What the log says of itself; null when its stream is gone.</summary>
    public async Task<LogExtent?> ExtentAsync(CancellationToken cancellation)
    {
        if (await FindAsync(cancellation).ConfigureAwait(false) is not { Info: var info })
        {
            return null;
        }

        return new LogExtent(
            info.Created.ToString("O", CultureInfo.InvariantCulture), (long)info.State.FirstSeq, (long)info.State.LastSeq);
    }

    /// <summary>
    /// Sends an entry without waiting for what becomes of it: whoever sent it finds it in the log, or sends it again.
    /// </summary>
    public ValueTask SendAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellation) =>
        _sending.PublishAsync(_settings.Subject, entry, cancellationToken: cancellation);

    /// <summary>Reads the log.</summary>
    /// <param name="log">Tells it from others, see <see cref="LogExtent"/>.</param>
    /// <param name="last">The last message that was read before; 0 for none.</param>
    /// <param name="session">Names the consumers.</param>
    /// <param name="time">The clock.</param>
    public NatsLogReader Reader(string log, long last, ulong session, TimeProvider time) =>
        new(this, _reading, _settings.Stream, log, last, session, time);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _sending.DisposeAsync().ConfigureAwait(false);
        await _reading.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<INatsJSStream?> FindAsync(CancellationToken cancellation)
    {
        try
        {
            return await _jetStream.GetStreamAsync(_settings.Stream, cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (NatsJSApiException e) when (e.Error.Code == NotFound)
        {
            return null;
        }
    }
}
