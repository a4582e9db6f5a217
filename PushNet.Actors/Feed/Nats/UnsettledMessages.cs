using System.Collections.Concurrent;
using System.Globalization;
using NATS.Client.Core;
using NATS.Client.JetStream;
using PushNet.Actors.State;

namespace PushNet.Actors.Feed.Nats;

/// <summary>
/// The messages that were read and are not settled. Each is settled once its group is: acknowledged, or, when it was
/// rejected, parked in the stream for that and terminated, so that it never comes again.
/// </summary>
internal sealed class UnsettledMessages(NatsJSContext jetStream, NatsSettings settings, TimeProvider time)
{
    private readonly ConcurrentQueue<Group> _groups = new();

    /// <summary>Keeps a group and makes its lines.</summary>
    public IReadOnlyList<FeedLine> Add(IReadOnlyList<INatsJSMsg<byte[]>> messages)
    {
        _groups.Enqueue(new Group(messages, time.GetTimestamp()));
        return [.. messages.Select(message => new FeedLine(SequenceOf(message), FeedLine.WithoutMark(message.Data), message.Metadata?.Timestamp.ToUnixTimeMilliseconds()))];
    }

    /// <summary>Settles the oldest group.</summary>
    public async ValueTask SettleAsync(GroupReceipt receipt)
    {
        if (!_groups.TryPeek(out var group))
        {
            return;
        }

        var errors = receipt.Errors.DistinctBy(error => error.Line).ToDictionary(error => error.Line, error => error.Error);
        foreach (var message in group.Messages)
        {
            if (errors.TryGetValue(SequenceOf(message), out var error))
            {
                await ParkAsync(message, error).ConfigureAwait(false);
                await message.AckTerminateAsync().ConfigureAwait(false);
            }
            else
            {
                await message.AckAsync().ConfigureAwait(false);
            }
        }

        // Only now, so that the broker is asked to wait while this goes on.
        _groups.TryDequeue(out _);
    }

    /// <summary>Tells the broker that the messages that have waited for so long are still being worked on.</summary>
    public async Task AskToWaitAsync(TimeSpan age, CancellationToken cancellation)
    {
        foreach (var message in _groups.Where(group => time.GetElapsedTime(group.Since) >= age).SelectMany(group => group.Messages))
        {
            await message.AckProgressAsync(cancellationToken: cancellation).ConfigureAwait(false);
        }
    }

    private async Task ParkAsync(INatsJSMsg<byte[]> message, string error)
    {
        var sequence = SequenceOf(message).ToString(CultureInfo.InvariantCulture);
        var headers = new NatsHeaders
        {
            ["PushNet-Error"] = string.Concat(error.Select(c => char.IsControl(c) ? ' ' : c)),
            ["PushNet-Subject"] = message.Subject,
            ["PushNet-Stream-Sequence"] = sequence,
        };

        // What is longer is no observation, and with the headers it might be more than the broker takes.
        var data = message.Data ?? [];
        var ack = await jetStream.PublishAsync(
            settings.RejectedSubject,
            data.Length <= FeedParser.MaxLineBytes ? data : data[..FeedParser.MaxLineBytes],
            opts: new NatsJSPubOpts { MsgId = $"{settings.Stream}-{sequence}" },
            headers: headers).ConfigureAwait(false);
        ack.EnsureSuccess();
    }

    private static long SequenceOf(INatsJSMsg<byte[]> message) => (long)(message.Metadata?.Sequence.Stream ?? 0);

    private sealed record Group(IReadOnlyList<INatsJSMsg<byte[]>> Messages, long Since);
}
