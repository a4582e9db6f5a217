using Akka.Actor;
using PushNet.Actors.Games;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Subscribers;

/// <summary>
/// Something other than a batch that travels in the event lane at its place in the stream. It does not count toward the
/// capacity and is never dropped.
/// </summary>
public interface IStreamMark;

/// <summary>Brings a snapshot. Whoever takes it disposes of the hold, written or not.</summary>
public interface ISnapshotMark : IStreamMark
{
    /// <summary>The snapshot.</summary>
    SnapshotHold Hold { get; }
}

/// <summary>The first two frames of a connection.</summary>
/// <param name="Welcome">The welcome frame of this connection.</param>
/// <param name="Snapshot">The snapshot that its deltas follow, shared with those who join at the same time.</param>
/// <param name="ReplyTo">Told <see cref="Joined"/> once the socket took both.</param>
public sealed record Hello(ReadOnlyMemory<byte> Welcome, SnapshotHold Snapshot, IActorRef ReplyTo) : ISnapshotMark
{
    SnapshotHold ISnapshotMark.Hold => Snapshot;
}

/// <summary>
/// The events between a newcomer's snapshot and the place where it comes into the stream; behind the <see cref="Hello"/>.
/// </summary>
/// <param name="Frames">Their frames, shared.</param>
/// <param name="CompressedUpTo">
/// For frames of the compressed stream, from a key frame on: the position behind the last. Null for plain frames.
/// </param>
public sealed record CatchUp(ReadOnlyMemory<byte> Frames, long? CompressedUpTo = null) : IStreamMark
{
    /// <summary>Nothing, for a snapshot that stands at that place already.</summary>
    public static readonly CatchUp Nothing = new(ReadOnlyMemory<byte>.Empty);
}

/// <summary>A snapshot for a subscriber that lost what a snapshot heals. A newer one replaces one that is still queued.</summary>
/// <param name="Hold">The snapshot.</param>
/// <param name="Place">Its place in the stream. It heals what was lost up to there.</param>
public sealed record HealingSnapshot(SnapshotHold Hold, Place Place) : ISnapshotMark;

/// <summary>A <c>lagged</c> frame about what the publisher dropped for all who share its batches.</summary>
/// <param name="Frame">The frame, shared.</param>
/// <param name="Dropped">What was dropped.</param>
public sealed record GroupLagged(ReadOnlyMemory<byte> Frame, DropCounts Dropped) : IStreamMark;

/// <summary>
/// Sources went stale or came back: for those who follow details, at once and after each of their snapshots. A newer one replaces one
/// that is still queued.
/// </summary>
/// <param name="Frame">The <c>feed</c> frame, shared.</param>
/// <param name="IsAny">True while a source is stale.</param>
public sealed record FeedNotice(ReadOnlyMemory<byte> Frame, bool IsAny) : IStreamMark;

/// <summary>The last frame of a connection: the server lets it go. The socket is closed with 1012 after it.</summary>
/// <param name="Reconnect">The <c>reconnect</c> frame of this connection.</param>
/// <param name="Reason">Why it is closed, as a sentence.</param>
public sealed record Goodbye(ReadOnlyMemory<byte> Reconnect, string Reason) : IStreamMark;

/// <summary>A whole batch that came when its subscriber was behind. Nobody waits for it, and its progress was released at once.</summary>
/// <param name="Batch">The batch.</param>
public sealed record LateBatch(FrameBatch Batch);

/// <summary>The survivors of batches of which a part was dropped.</summary>
/// <param name="Events">The events, oldest first; never empty.</param>
public sealed record EventRun(IReadOnlyList<EncodedEvent> Events);

/// <summary>Events were dropped from this subscriber's queue since the last time this was said.</summary>
/// <param name="Dropped">What was dropped.</param>
public sealed record Lagged(DropCounts Dropped);

/// <summary>Tells the sender of a join that the socket took welcome and snapshot, or is being closed instead.</summary>
/// <param name="Subscriber">The connection's subscriber; <see cref="ActorRefs.Nobody"/> when it was turned away.</param>
public sealed record Joined(IActorRef Subscriber);

/// <summary>Control lane: an answer to the client. The sender is told <see cref="Written"/> when the socket took it.</summary>
/// <param name="Frame">The frame.</param>
public sealed record Reply(ReadOnlyMemory<byte> Frame);

/// <summary>The socket took a <see cref="Reply"/>.</summary>
public sealed record Written
{
    /// <summary>The only one.</summary>
    public static readonly Written Instance = new();
}

/// <summary>A subscriber lost a state event and wants a snapshot.</summary>
/// <param name="Subscriber">The subscriber.</param>
/// <param name="Socket">Its socket.</param>
/// <param name="Subscription">What its client asked for.</param>
public sealed record RequestHealing(IActorRef Subscriber, ISubscriberSocket Socket, Subscription Subscription);
