using PushNet.Actors.Subscribers;
using PushNet.Actors.Subscriptions;

namespace PushNet.Actors.Channels;

/// <summary>
/// A connection wants to be a subscriber. The sender is told <see cref="Joined"/> once its socket took welcome and snapshot.
/// </summary>
/// <param name="ConnectionId">The connection's <c>conn_id</c>.</param>
/// <param name="Socket">Its socket; when the connection ends, its writes fail, and that ends the subscriber.</param>
/// <param name="Subscription">What its client asked for.</param>
public sealed record Join(long ConnectionId, ISubscriberSocket Socket, Subscription Subscription);

/// <summary>
/// The server lets its clients go: deliver what is pending, then say goodbye to everybody. Nobody is let in until <see cref="EndDrain"/>.
/// </summary>
/// <param name="Spread">The time over which the closes are spread.</param>
/// <param name="Reason">What the clients are told, as a sentence.</param>
public sealed record Drain(TimeSpan Spread, string Reason)
{
    // As many are closed in a second, and as many are asked to come back.
    private const double ClientsPerSecond = 2000;

    /// <summary>The time over which the closes are spread when there is time.</summary>
    /// <param name="clients">How many clients there are.</param>
    public static TimeSpan EvenSpread(int clients) => TimeSpan.FromSeconds(clients / ClientsPerSecond);
}

/// <summary>The server goes on: those to whom no goodbye was said yet stay, and newcomers are let in.</summary>
public sealed record EndDrain;

/// <summary>Asks for <see cref="ChannelUsage"/>.</summary>
public sealed record GetChannelUsage;

/// <summary>What a channel holds.</summary>
/// <param name="Subscribers">Subscribers in the stream.</param>
/// <param name="Pending">Events not yet fanned out.</param>
/// <param name="Dropped">Events dropped by the publisher, for all its subscribers, since it started.</param>
public sealed record ChannelUsage(int Subscribers, int Pending, long Dropped);
