using System.Globalization;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Channels;
using NATS.Client.Core;

namespace PushNet.Actors.Log.Nats;

/// <summary>
/// Reads the log message by message, without a hole and without a repeat. A consumer brings them. When it is silent, messages are asked
/// for one by one until a consumer brings them again: any server of NATS that has them answers that, and no election holds it up.
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
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CheckInterval = TimeSpan.FromSeconds(10);

    private long _last = last;
    private uint? _crc;

    /// <summary>Reads until it is cancelled.</summary>
    /// <exception cref="LogBrokenException">The log is not what it was.</exception>
    public async IAsyncEnumerable<LogMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var delivered = Channel.CreateBounded<LogMessage>(NatsLogConsumer.MaxMessages);
        var consumer = new NatsLogConsumer(connection, stream, session, () => Volatile.Read(ref _last), delivered.Writer);
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

                message = isDelivered ? message : message is null ? await GetAsync(_last + 1, cancellation).ConfigureAwait(false) : null;
                patience = isDelivered ? Silence : message is null ? Pause : TimeSpan.Zero;
                if (message is { } next)
                {
                    _crc = Crc32.HashToUInt32(next.Payload.Span);
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
            var stands = _crc is not null && now?.First <= _last ? await GetAsync(_last, cancellation).ConfigureAwait(false) : null;
            switch (LogChecks.Of(id, _last, now, stands is not { } one || Crc32.HashToUInt32(one.Payload.Span) == _crc))
            {
                case LogChecks.Finding.Lost:
                    throw new LogBrokenException(isLost: true, LogChecks.WhyLost(id, _last, now));
                case LogChecks.Finding.Overtaken:
                    throw new LogBrokenException(
                        isLost: false, $"the log begins at message {now!.Value.First} now, and this server has read message {_last}");
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

    private async Task<LogMessage?> GetAsync(long sequence, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(Patience);
        try
        {
            var answer = await connection.RequestAsync<byte[], byte[]>(
                $"$JS.API.DIRECT.GET.{stream}",
                Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{sequence}}}")),
                cancellationToken: end.Token).ConfigureAwait(false);
            return answer.Headers is { } headers && headers.TryGetValue("Nats-Time-Stamp", out var stored)
                ? new LogMessage(
                    sequence,
                    DateTimeOffset.Parse(stored.ToString(), CultureInfo.InvariantCulture).ToUnixTimeMilliseconds(),
                    answer.Data ?? [])
                : null;
        }
        catch (Exception e) when (e is NatsException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return null;
        }
    }
}
