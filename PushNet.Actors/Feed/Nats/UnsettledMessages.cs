using System.Collections.Concurrent;
using NATS.Client.JetStream;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.Games;
using PushNet.Actors.State;

namespace PushNet.Actors.Feed.Nats;

/// <summary>
/// The messages that were read and are not settled. Each is settled when its group is. It is acknowledged; or it is sent back for a while,
/// because its time is yet to come; or, when it was rejected, it is parked and terminated, so that it never comes again.
/// </summary>
/// <param name="settings">What is read.</param>
/// <param name="stream">Tells the stream from others, even from an earlier one of the same name.</param>
/// <param name="rejected">Where rejected messages go.</param>
/// <param name="health">Told what was rejected here.</param>
/// <param name="time">The server's clock.</param>
internal sealed class UnsettledMessages(
    NatsSettings settings, long stream, RejectedMessages rejected, SourceHealth health, TimeProvider time)
{
    // The broker counts what was sent back among what is on its way, and good messages need room there.
    private const int MaxSentBack = NatsStreams.MaxAckPending / 4;

    private readonly ConcurrentQueue<Group> _groups = new();
    private readonly HashSet<long> _sentBack = [];

    /// <summary>The number of a message in its stream.</summary>
    public static long SequenceOf(INatsJSMsg<byte[]> message) => (long)(message.Metadata?.Sequence.Stream ?? 0);

    /// <summary>Keeps a group and makes its lines.</summary>
    public IReadOnlyList<FeedLine> Add(IReadOnlyList<INatsJSMsg<byte[]>> messages)
    {
        _groups.Enqueue(new Group(messages, time.GetTimestamp()));
        return [.. messages.Select(message => new FeedLine(
            SequenceOf(message),
            FeedLine.WithoutMark(message.Data),
            message.Metadata?.Timestamp.ToUnixTimeMilliseconds(),
            Rev.OfStream(SequenceOf(message), stream)))];
    }

    /// <summary>Settles the oldest group.</summary>
    public async ValueTask SettleAsync(LinesReceipt receipt)
    {
        if (!_groups.TryPeek(out var group))
        {
            return;
        }

        var (errors, early) = (ByLine(receipt.Errors), ByLine(receipt.Early));
        foreach (var message in group.Messages)
        {
            var sequence = SequenceOf(message);
            if (errors.TryGetValue(sequence, out var error))
            {
                await RejectAsync(message, error).ConfigureAwait(false);
            }
            else if (!early.TryGetValue(sequence, out var tooEarly))
            {
                _sentBack.Remove(sequence);
                await message.AckAsync().ConfigureAwait(false);
            }
            else if (_sentBack.Contains(sequence) || _sentBack.Count < MaxSentBack)
            {
                _sentBack.Add(sequence);
                await message.NakAsync(new AckOpts { NakDelay = settings.AckWait }).ConfigureAwait(false);
            }
            else
            {
                health.Settled(new ObservationCounts(0, 0, 0, Rejected: 1));
                await RejectAsync(message, $"{tooEarly}, and {MaxSentBack} messages wait for their time already").ConfigureAwait(false);
            }
        }

        rejected.TellLost();

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

    private async ValueTask RejectAsync(INatsJSMsg<byte[]> message, string error)
    {
        _sentBack.Remove(SequenceOf(message));
        await rejected.ParkAsync(message, error).ConfigureAwait(false);
        await message.AckTerminateAsync().ConfigureAwait(false);
    }

    private static Dictionary<long, string> ByLine(IEnumerable<LineError> errors) =>
        errors.DistinctBy(error => error.Line).ToDictionary(error => error.Line, error => error.Error);

    private sealed record Group(IReadOnlyList<INatsJSMsg<byte[]>> Messages, long Since);
}
