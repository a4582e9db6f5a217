using System.Globalization;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Reading;
using PushNet.Actors.Log.Replica;
using PushNet.Actors.Log.Sending;

namespace PushNet.Actors.Log.Nats;

/// <summary>The log in NATS JetStream: a stream of entries, and one of images.</summary>
internal sealed class NatsLog : IBoardLog
{
    private const int NotFound = 404;
    private const int WrongLastSequence = 10071;

    private readonly NatsLogSettings _settings;
    private readonly NatsLogConnection _sending;
    private readonly NatsLogConnection _reading;
    private readonly NatsJSContext _jetStream;
    private readonly NatsImages _images;
    private readonly NatsWatch[] _watches;
    private NatsLogReader? _reader;
    private int _openings;

    private NatsLog(NatsLogSettings settings)
    {
        // Two connections, so that megabytes of catching up don't stand in front of what is sent.
        (_settings, _sending, _reading) = (settings, new NatsLogConnection(settings), new NatsLogConnection(settings));
        _jetStream = new NatsJSContext(_reading);
        _images = new NatsImages(_reading, settings);
        _sending.ConnectionOpened += (_, _) =>
        {
            Interlocked.Increment(ref _openings);
            return ValueTask.CompletedTask;
        };
        _watches = [new NatsWatch(_sending, settings.Stream), new NatsWatch(_reading, settings.Stream)];
    }

    /// <inheritdoc />
    public string? Fault => _sending.Fault ?? _reading.Fault ?? Volatile.Read(ref _reader)?.Fault;

    /// <inheritdoc />
    public int Openings => Volatile.Read(ref _openings);

    /// <summary>Connects, and makes the streams unless they are there; those that are there stay as they are.</summary>
    /// <param name="settings">Where the log is.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="NatsException">NATS is not there, or does not answer; why, for operators.</exception>
    /// <exception cref="LogUnfitException">The stream that is there can't be the log, or may not be used.</exception>
    public static Task<NatsLog> OpenAsync(NatsLogSettings settings, CancellationToken cancellation) =>
        ConnectAsync(settings, log => log.MakeUnlessThereAsync(cancellation), cancellation);

    /// <summary>Connects, and makes nothing.</summary>
    /// <param name="settings">Where the log is.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="NatsException">NATS is not there, or does not answer; why, for operators.</exception>
    public static Task<NatsLog> ConnectAsync(NatsLogSettings settings, CancellationToken cancellation) =>
        ConnectAsync(settings, _ => Task.CompletedTask, cancellation);

    private static async Task<NatsLog> ConnectAsync(NatsLogSettings settings, Func<NatsLog, Task> use, CancellationToken cancellation)
    {
        var log = new NatsLog(settings);
        try
        {
            await log._sending.ConnectAsync().AsTask().WaitAsync(cancellation).ConfigureAwait(false);
            await log._reading.ConnectAsync().AsTask().WaitAsync(cancellation).ConfigureAwait(false);
            await use(log).ConfigureAwait(false);
            return log;
        }
        catch (NatsException e)
        {
            Exception why = log._reading.Refusal is { } refusal ? new LogUnfitException($"The log can't be used: {refusal}.")
                : new NatsException(log.WhyFailed(e), e);
            await log.DisposeAsync().ConfigureAwait(false);
            throw why;
        }
        catch
        {
            await log.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc />
    public async Task<LogExtent?> ExtentAsync(CancellationToken cancellation)
    {
        if (await FindAsync(_settings.Stream, cancellation).ConfigureAwait(false) is not { Info: var told })
        {
            return null;
        }

        var info = NatsLeadership.Trusted(told);
        return new LogExtent(
            info.Created.ToString("O", CultureInfo.InvariantCulture), (long)info.State.FirstSeq, (long)info.State.LastSeq);
    }

    /// <inheritdoc />
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
    public IAsyncEnumerable<LogMessage> ReadAsync(string log, long last, TimeProvider time, CancellationToken cancellation)
    {
        var reader = Reader(log, last, LogSession.New(), time);
        Volatile.Write(ref _reader, reader);
        return reader.ReadAsync(cancellation);
    }

    /// <inheritdoc />
    public Task PutImageAsync(long sequence, byte[] image, CancellationToken cancellation) =>
        _images.PutAsync(sequence, image, cancellation);

    /// <inheritdoc />
    public async Task MakeAgainAsync(CancellationToken cancellation) =>
        await _jetStream.CreateStreamAsync(NatsLogStream.Make(_settings), cancellation).ConfigureAwait(false);

    /// <inheritdoc />
    public Task DropImagesBehindAsync(long sequence, CancellationToken cancellation) => _images.DropBehindAsync(sequence, cancellation);

    /// <inheritdoc />
    public async Task<bool> TryAppendAsync(ReadOnlyMemory<byte> entry, long last, CancellationToken cancellation)
    {
        var answer = await _jetStream.PublishAsync(
            _settings.Subject, entry, opts: new NatsJSPubOpts { ExpectedLastSequence = (ulong)last }, cancellationToken: cancellation)
            .ConfigureAwait(false);
        if (answer.Error is { ErrCode: not WrongLastSequence } error)
        {
            throw new NatsJSApiException(error);
        }

        return answer.Error is null;
    }

    /// <inheritdoc />
    public Task<LogImage?> NewestImageAsync(string? log, CancellationToken cancellation) => _images.NewestAsync(log, cancellation);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _watches)
        {
            await watch.DisposeAsync().ConfigureAwait(false);
        }

        await _sending.DisposeAsync().ConfigureAwait(false);
        await _reading.DisposeAsync().ConfigureAwait(false);
    }

    private async Task MakeUnlessThereAsync(CancellationToken cancellation)
    {
        var images = await FindAsync(_settings.Images, cancellation).ConfigureAwait(false);
        var stream = await FindAsync(_settings.Stream, cancellation).ConfigureAwait(false)
            ?? await MakeAsync(NatsLogStream.Make(_settings), images, cancellation).ConfigureAwait(false);
        _ = images ?? await _jetStream.CreateStreamAsync(NatsLogStream.MakeImages(_settings), cancellation).ConfigureAwait(false);
        if (NatsLogStream.WhyUnfit(stream.Info.Config, _settings) is { } why)
        {
            throw new LogUnfitException(why);
        }
    }

    private async Task<INatsJSStream> MakeAsync(StreamConfig config, INatsJSStream? images, CancellationToken cancellation) =>
        images?.Info.State.Messages > 0
            ? throw new LogUnfitException(
                $"NATS has no stream {_settings.Stream}, though images of its board are in {_settings.Images}: somebody deleted the log. "
                    + "If a server still runs that had read it, repair the log there: ops board-log repair. "
                    + "Else keep the board with board-log export. "
                    + $"To begin with an empty board, delete the stream {_settings.Images} as well.")
            : await _jetStream.CreateStreamAsync(config, cancellation).ConfigureAwait(false);

    private string WhyFailed(NatsException failure) =>
        (_sending.ConnectionState is NatsConnectionState.Open ? _reading : _sending).WhyFailed(failure);

    private async Task<INatsJSStream?> FindAsync(string stream, CancellationToken cancellation)
    {
        try
        {
            return await _jetStream.GetStreamAsync(stream, cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (NatsJSApiException e) when (e.Error.Code == NotFound)
        {
            return null;
        }
    }
}
