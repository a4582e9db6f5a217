using System.Runtime.CompilerServices;
using NATS.Client.Core;
using NATS.Client.JetStream;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.State;

namespace PushNet.Actors.Feed.Nats;

/// <summary>
/// Reads a JetStream stream, one observation per message, through a durable pull consumer. A message is acknowledged when its
/// observation is safe, so after any failure the broker sends the rest again.
/// </summary>
/// <param name="settings">What to read.</param>
/// <param name="health">Told whether the broker is there, and how many messages wait.</param>
/// <param name="time">The server's clock.</param>
public sealed class NatsFeed(NatsSettings settings, SourceHealth health, TimeProvider time) : IFeedSource, IAsyncDisposable
{
    private const int MaxMessages = 256;

    // The clock of a source, or of this server, may be wrong by a time zone. Somebody notices that within a day.
    private static readonly TimeSpan LongestEarly = TimeSpan.FromHours(24);
    private static readonly TimeSpan LongestWatch = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FlushTimeout = TimeSpan.FromSeconds(1);

    // A restarted broker has forgotten that it was asked for messages. Two missing heartbeats tell, and it is asked again.
    private static readonly NatsJSConsumeOpts Consuming = new()
    {
        MaxMsgs = 4 * MaxMessages,
        IdleHeartbeat = TimeSpan.FromSeconds(1),
        Expires = TimeSpan.FromSeconds(10),
    };

    // Three times within the broker's patience.
    private readonly TimeSpan _watch = settings.AckWait / 3 < LongestWatch ? settings.AckWait / 3 : LongestWatch;
    private readonly LastFault _fault = new();
    private NatsConnection? _connection;
    private UnsettledMessages? _unsettled;

    /// <inheritdoc />
    public bool IsDemo => false;

    /// <inheritdoc />
    public TimeSpan MaxEarly => LongestEarly;

    /// <inheritdoc />
    public async IAsyncEnumerable<IReadOnlyList<FeedLine>> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // What was read before and is not acknowledged comes again. The connection stays open after the reading, for the last
        // acknowledgements.
        await CloseAsync().ConfigureAwait(false);
        var jetStream = new NatsJSContext(_connection = Open());
        await ConnectAsync(_connection).ConfigureAwait(false);
        var stream = await NatsStreams.EnsureStreamAsync(jetStream, settings, cancellation).ConfigureAwait(false);
        var consumer = await NatsStreams.EnsureConsumerAsync(jetStream, settings, cancellation).ConfigureAwait(false);
        TellLag(consumer);
        health.Works();

        var rejected = new RejectedMessages(jetStream, settings, health, time);
        await rejected.OpenAsync().ConfigureAwait(false);
        var unsettled = _unsettled = new UnsettledMessages(settings, NatsStreams.IdentityOf(stream), rejected, health, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var watching = WatchAsync(consumer, unsettled, end);
        try
        {
            await foreach (var group in GroupsAsync(consumer, end.Token).ConfigureAwait(false))
            {
                yield return unsettled.Add(group);
            }
        }
        finally
        {
            // If the watch ended the reading, the reading fails with what the watch failed with.
            await end.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(false);
        }

        cancellation.ThrowIfCancellationRequested();
        throw new IOException($"NATS consumer {settings.Consumer} of stream {settings.Stream} has ended");
    }

    /// <inheritdoc />
    public ValueTask AcknowledgeAsync(LinesReceipt receipt) => _unsettled!.SettleAsync(receipt);

    /// <inheritdoc />
    public async ValueTask DisposeAsync() => await CloseAsync().ConfigureAwait(false);

    /// <summary>Groups of the messages that had arrived when the next group was asked for.</summary>
    private static async IAsyncEnumerable<List<INatsJSMsg<byte[]>>> GroupsAsync(
        INatsJSConsumer consumer, [EnumeratorCancellation] CancellationToken end)
    {
        using var consuming = CancellationTokenSource.CreateLinkedTokenSource(end);
        var messages = consumer.ConsumeAsync<byte[]>(opts: Consuming, cancellationToken: consuming.Token)
            .GetAsyncEnumerator(consuming.Token);
        var (group, next) = (new List<INatsJSMsg<byte[]>>(), Task.FromResult(true));
        try
        {
            while (true)
            {
                next = messages.MoveNextAsync().AsTask();
                if (group.Count == MaxMessages || (group.Count > 0 && !next.IsCompleted))
                {
                    yield return group;
                    group = [];
                }

                if (!await next.ConfigureAwait(false))
                {
                    yield break;
                }

                group.Add(messages.Current);
            }
        }
        finally
        {
            // It can't be disposed of while it is being asked for the next.
            await consuming.CancelAsync().ConfigureAwait(false);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await messages.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task ConnectAsync(NatsConnection connection)
    {
        try
        {
            await connection.ConnectAsync().ConfigureAwait(false);
        }
        catch (NatsException e)
        {
            throw new IOException(Unreachable(_fault.Message ?? e.Message));
        }
    }

    private string Unreachable(string cause) => $"NATS can't be reached at {settings.Address}: {cause}";

    private NatsConnection Open()
    {
        var connection = NatsStreams.Connect(settings, _fault);
        connection.ConnectionDisconnected += (_, _) =>
        {
            health.Failed($"the connection to NATS at {settings.Address} is lost");
            return ValueTask.CompletedTask;
        };
        connection.ReconnectFailed += (_, _) =>
        {
            // Said again, because what had come before the loss may have been read since.
            health.Failed(Unreachable(_fault.Message ?? "it does not answer"));
            return ValueTask.CompletedTask;
        };
        connection.ConnectionOpened += (_, _) =>
        {
            health.Works();
            return ValueTask.CompletedTask;
        };
        return connection;
    }

    /// <summary>
    /// Asks the broker to wait for what takes long, and checks how much is still to come. Ends the reading when the consumer is gone.
    /// </summary>
    private async Task WatchAsync(INatsJSConsumer consumer, UnsettledMessages unsettled, CancellationTokenSource end)
    {
        using var timer = new PeriodicTimer(_watch, time);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token).ConfigureAwait(false))
            {
                await unsettled.AskToWaitAsync(_watch, end.Token).ConfigureAwait(false);
                await LookAsync(consumer, end.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The reading has ended.
        }
        catch (Exception)
        {
            await end.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task LookAsync(INatsJSConsumer consumer, CancellationToken end)
    {
        try
        {
            await consumer.RefreshAsync(end).ConfigureAwait(false);
            TellLag(consumer);
        }
        catch (Exception e) when (e is NatsException and not NatsJSApiException)
        {
            // There is no answer just now. The connection itself tells whether it is lost.
        }
    }

    private void TellLag(INatsJSConsumer consumer) => health.LagsBy((long)consumer.Info.NumPending + (long)consumer.Info.NumAckPending);

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _connection, null) is not { } connection)
        {
            return;
        }

        if (connection.ConnectionState is NatsConnectionState.Open)
        {
            using var patience = new CancellationTokenSource(FlushTimeout, time);
            try
            {
                // The answer says that the acknowledgements before it have arrived.
                await connection.PingAsync(patience.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or NatsException)
            {
                // Then the messages that they were for come again.
            }
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }
}
