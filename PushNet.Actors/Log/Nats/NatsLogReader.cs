using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using NATS.Client.Core;

namespace PushNet.Actors.Log.Nats;

/// <summary>
/// Reads the log message by message, without a hole and without a repeat. A consumer brings them. When it is silent, messages are asked
/// for one by one until a consumer brings them again.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="connection">The connection to read by.</param>
/// <param name="stream">The stream.</param>
/// <param name="id">Tells the log from others.</param>
/// <param name="last">The last message that was read before; 0 for none.</param>
/// <param name="session">Names the consumers.</param>
/// <param name="time">The clock.</param>
internal sealed class NatsLogReader(
    NatsLog log, NatsConnection connection, string stream, string id, long last, ulong session, TimeProvider time)
{
    // Servers tick twice within it.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(600);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(10);

    // A server of NATS that was away may not have what the others have.
    private static readonly TimeSpan MissingPatience = TimeSpan.FromSeconds(5);

    private readonly NatsDirectGet _messages = new(connection, stream);
    private NatsLogConsumer? _consumer;
    private long _last = last;
    private uint? _crc;
    private long? _missingSince;

    /// <summary>Why messages have to be asked for one by one, as a sentence for operators; null while a consumer brings them.</summary>
    public string? Fault => Volatile.Read(ref _consumer)?.Fault;

    /// <summary>Reads until it is cancelled.</summary>
    /// <exception cref="LogBrokenException">The log is not what it was.</exception>
    public async IAsyncEnumerable<LogMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var delivered = Channel.CreateBounded<LogMessage>(NatsLogConsumer.MaxMessages);
        var consumer = new NatsLogConsumer(connection, stream, session, () => Volatile.Read(ref _last), delivered.Writer);
        Volatile.Write(ref _consumer, consumer);
        var consuming = consumer.RunAsync(end.Token);
        try
        {
            var (patience, checkedAt) = (Silence, time.GetTimestamp());
            await CheckAsync(cancellation).ConfigureAwait(false);
            while (!cancellation.IsCancellationRequested)
            {
                var message = await NextAsync(delivered.Reader, patience, cancellation).ConfigureAwait(false);
                var isDelivered = message?.Sequence == _last + 1;
                if (message is { Sequence: var sequence } && sequence > _last + 1)
                {
                    // Something is missing before it. Unless that is gone, the next consumer begins in the right place.
                    await CheckAsync(cancellation).ConfigureAwait(false);
                    consumer.Restart();
                    while (delivered.Reader.TryRead(out _))
                    {
                    }
                }

                if (time.GetElapsedTime(checkedAt) >= CheckInterval)
                {
                    checkedAt = time.GetTimestamp();
                    await CheckAsync(cancellation).ConfigureAwait(false);
                }

                message = isDelivered ? message
                    : message is null ? (await _messages.GetAsync(_last + 1, cancellation).ConfigureAwait(false)).Message
                    : null;
                patience = isDelivered ? Silence : message is null ? Pause : TimeSpan.Zero;
                if (message is { } next)
                {
                    _crc = Crc32.HashToUInt32(next.Payload.Span);
                    _missingSince = null;
                    Volatile.Write(ref _last, next.Sequence);
                    yield return next;
                }
            }
        }
        finally
        {
            await end.CancelAsync().ConfigureAwait(false);
            await consuming.ConfigureAwait(false);
        }
    }

    private static async Task<LogMessage?> NextAsync(ChannelReader<LogMessage> from, TimeSpan patience, CancellationToken cancellation)
    {
        if (from.TryRead(out var there) || patience == TimeSpan.Zero)
        {
            return there.Sequence == 0 ? null : there;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(patience);
        try
        {
            return await from.ReadAsync(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>Compares the log with what was read. Says nothing when NATS does not answer: it is asked again.</summary>
    private async Task CheckAsync(CancellationToken cancellation)
    {
        try
        {
            var now = await log.ExtentAsync(cancellation).ConfigureAwait(false);
            var stands = _crc is not null && now?.First <= _last
                ? (await _messages.GetAsync(_last, cancellation).ConfigureAwait(false)).Message : null;
            switch (LogChecks.Of(id, _last, now, stands is not { } one || Crc32.HashToUInt32(one.Payload.Span) == _crc))
            {
                case LogChecks.Finding.Lost:
                    throw new LogBrokenException(isLost: true, LogChecks.WhyLost(id, _last, now));
                case LogChecks.Finding.Overtaken:
                    throw new LogBrokenException(
                        isLost: false, $"the log begins at message {now!.Value.First} now, and this server has read message {_last}");
                case LogChecks.Finding.Whole when now!.Value.Last > _last:
                    await CheckNextAsync(now.Value.Last, cancellation).ConfigureAwait(false);
                    break;
            }
        }
        catch (NatsException)
        {
            // No answer, or an election; nothing is known.
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The same.
        }
    }

    /// <summary>Finds a hole in front of what was read: the reader would wait for ever.</summary>
    private async Task CheckNextAsync(long end, CancellationToken cancellation)
    {
        var next = await _messages.GetAsync(_last + 1, cancellation).ConfigureAwait(false);
        _missingSince = next.IsMissing ? _missingSince ?? time.GetTimestamp() : next.Message is null ? _missingSince : null;
        if (next.IsMissing && time.GetElapsedTime(_missingSince!.Value) >= MissingPatience)
        {
            throw new LogBrokenException(
                isLost: false, $"message {_last + 1} of the log is gone, and the log goes on to message {end}: somebody deleted it");
        }
    }
}
