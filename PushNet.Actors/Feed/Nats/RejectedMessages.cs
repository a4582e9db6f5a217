using System.Globalization;
using NATS.Client.Core;
using NATS.Client.JetStream;
using PushNet.Actors.Clock;
using PushNet.Actors.Feed.Health;

namespace PushNet.Actors.Feed.Nats;

/// <summary>
/// Parks messages that were rejected in a stream of their own. Good messages never wait for one that can't be parked: after two tries
/// it is lost, and that is told. Takes one message at a time.
/// </summary>
internal sealed class RejectedMessages(NatsJSContext jetStream, NatsSettings settings, SourceHealth health, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    // A broker that refuses is asked again for each message, which costs a millisecond. One that doesn't answer is left alone.
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly List<long> _lost = [];
    private Moment _notBefore = Moment.LongAgo;
    private string? _fault;

    /// <summary>Makes the stream unless it is there.</summary>
    public async ValueTask OpenAsync()
    {
        if (await TryAsync(_ => ValueTask.CompletedTask, isNew: true).ConfigureAwait(false) is { } fault)
        {
            health.CannotPark(0, $"what is rejected can't be parked in the stream {settings.RejectedStream}: {fault}");
        }
    }

    /// <summary>Parks a message, or notes it as lost.</summary>
    /// <param name="message">The message.</param>
    /// <param name="error">Why it was rejected.</param>
    public async ValueTask ParkAsync(INatsJSMsg<byte[]> message, string error)
    {
        if (Moment.Now(time) >= _notBefore && await TryTwiceAsync(message, error).ConfigureAwait(false))
        {
            health.Parked();
        }
        else
        {
            _lost.Add(UnsettledMessages.SequenceOf(message));
        }
    }

    /// <summary>Tells which messages were lost since the last call.</summary>
    public void TellLost()
    {
        if (_lost.Count > 0)
        {
            health.CannotPark(
                _lost.Count,
                $"messages {string.Join(", ", _lost)} of the stream {settings.Stream} were rejected and are lost, "
                    + $"because they can't be parked in {settings.RejectedStream}: {_fault}");
            _lost.Clear();
        }
    }

    private async ValueTask<bool> TryTwiceAsync(INatsJSMsg<byte[]> message, string error)
    {
        // If it failed before, there is only one try, and the stream is looked for first. Otherwise it is looked for before the second try.
        var wasFailing = _fault is not null;
        var fault = await TryAsync(end => PublishAsync(message, error, end), isNew: wasFailing).ConfigureAwait(false);
        if (fault is not null && !wasFailing && jetStream.Connection.ConnectionState is NatsConnectionState.Open)
        {
            fault = await TryAsync(end => PublishAsync(message, error, end), isNew: true).ConfigureAwait(false);
        }

        // Without a connection nothing can be told to the broker either, and all that is unsettled comes again.
        return fault is null || jetStream.Connection.ConnectionState is NatsConnectionState.Open
            ? fault is null : throw new IOException("the connection to NATS is lost");
    }

    /// <summary>Why it failed; null when it didn't.</summary>
    private async ValueTask<string?> TryAsync(Func<CancellationToken, ValueTask> publish, bool isNew)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            if (isNew)
            {
                await NatsStreams.EnsureRejectedStreamAsync(jetStream, settings, patience.Token).ConfigureAwait(false);
            }

            await publish(patience.Token).ConfigureAwait(false);
            return _fault = null;
        }
        catch (OperationCanceledException)
        {
            _notBefore = Moment.Now(time) + Pause;
            return _fault = "the broker does not answer";
        }
        catch (NatsException e)
        {
            return _fault = e.GetBaseException().Message;
        }
    }

    private async ValueTask PublishAsync(INatsJSMsg<byte[]> message, string error, CancellationToken end)
    {
        var sequence = UnsettledMessages.SequenceOf(message).ToString(CultureInfo.InvariantCulture);
        var headers = new NatsHeaders
        {
            ["PushNet-Error"] = string.Concat(error.Select(c => char.IsControl(c) ? ' ' : c)),
            ["PushNet-Subject"] = message.Subject,
            ["PushNet-Stream-Sequence"] = sequence,
        };

        // A longer message is no observation, and with the headers it might be more than the broker takes.
        var data = message.Data ?? [];
        var ack = await jetStream.PublishAsync(
            settings.RejectedSubject,
            data.Length <= FeedParser.MaxLineBytes ? data : data[..FeedParser.MaxLineBytes],
            opts: new NatsJSPubOpts
            {
                MsgId = $"{settings.Stream}-{sequence}",
                ExpectedStream = settings.RejectedStream,
                RetryAttempts = 1,
            },
            headers: headers,
            cancellationToken: end).ConfigureAwait(false);

        // A message that is there already counts as parked. A server that was killed right after parking one parks it again.
        if (ack.Error is { } refused)
        {
            throw new NatsJSApiException(refused);
        }
    }
}
