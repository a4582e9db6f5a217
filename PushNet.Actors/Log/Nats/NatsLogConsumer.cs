using System.Threading.Channels;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using PushNet.Actors.Log.Entries;

namespace PushNet.Actors.Log.Nats;

/// <summary>
/// Has the messages of the log brought by a consumer, and makes another whenever one is silent, gone, or wrong. It lives on one server of
/// NATS in memory and is no loss. The library's ordered consumer is not used: it jumps over what was purged and goes on in another stream
/// of the same name.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="stream">The stream.</param>
/// <param name="session">Names the consumers.</param>
/// <param name="last">Tells the last message that was read.</param>
/// <param name="to">Takes the messages.</param>
internal sealed class NatsLogConsumer(
    NatsConnection connection, string stream, ulong session, Func<long> last, ChannelWriter<LogMessage> to)
{
    /// <summary>Messages that are asked for at once.</summary>
    public const int MaxMessages = 500;

    // The client asks again when NATS tells that a request is over. NATS 2.9 forgets to tell it when a message comes at that moment. So
    // there is always a younger request: ticks alone are more messages than these within its time.
    private const int MaxTaken = 50;

    private const string NotMade = "NATS does not answer when it is asked for a consumer of the log";
    private const string Silent = "NATS brings nothing of the log, not even word that there is nothing";

    private static readonly TimeSpan Making = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Abandoned = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Request = TimeSpan.FromSeconds(30);

    private readonly NatsJSContext _jetStream = new(connection);
    private readonly Lock _gate = new();
    private CancellationTokenSource? _current;
    private volatile string? _fault;
    private int _made;

    /// <summary>Why the last consumer brought nothing, as a sentence for operators; null when it brings messages.</summary>
    public string? Fault => _fault;

    /// <summary>Gives the consumer up: the next one begins behind the last message that was read.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _current?.Cancel();
        }
    }

    /// <summary>Runs until it is cancelled; never fails.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            using var current = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Set(current);
            try
            {
                await ConsumeAsync(current).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (current.IsCancellationRequested)
            {
                // It was silent, or is wanted no more.
            }
            catch (Exception e)
            {
                // Whatever it was, the next consumer begins anew, and the reader asks for messages one by one until then.
                _fault = e is OperationCanceledException ? NotMade : e.Message;
            }

            Set(null);
            await Task.Delay(Pause, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void Set(CancellationTokenSource? current)
    {
        lock (_gate)
        {
            _current = current;
        }
    }

    private async Task ConsumeAsync(CancellationTokenSource current)
    {
        using var making = CancellationTokenSource.CreateLinkedTokenSource(current.Token);
        making.CancelAfter(Making);
        var consumer = await _jetStream.CreateConsumerAsync(
            stream,
            new ConsumerConfig
            {
                Name = $"pn-{session:x}-{_made++}",
                AckPolicy = ConsumerConfigAckPolicy.None,
                MemStorage = true,
                NumReplicas = 1,
                InactiveThreshold = Abandoned,
                DeliverPolicy = ConsumerConfigDeliverPolicy.ByStartSequence,
                OptStartSeq = (ulong)last() + 1,
            },
            making.Token).ConfigureAwait(false);
        var options = new NatsJSConsumeOpts
        {
            MaxMsgs = MaxMessages,
            ThresholdMsgs = MaxMessages - MaxTaken,
            IdleHeartbeat = TimeSpan.FromMilliseconds(500),
            Expires = Request,
            NotificationHandler = (notification, _) =>
            {
                if (notification is NatsJSTimeoutNotification)
                {
                    _fault = Silent;
                    current.Cancel();
                }

                return Task.CompletedTask;
            },
        };
        var next = 1UL;
        await foreach (var message in consumer.ConsumeAsync<byte[]>(opts: options, cancellationToken: current.Token).ConfigureAwait(false))
        {
            if (message.Metadata is not { } about || about.Sequence.Consumer != next++)
            {
                return;
            }

            await to.WriteAsync(
                new LogMessage(
                    (long)about.Sequence.Stream,
                    about.Timestamp.ToUnixTimeMilliseconds(),
                    message.Data ?? [],
                    (long)about.NumPending),
                current.Token).ConfigureAwait(false);
            _fault = null;
        }
    }
}
