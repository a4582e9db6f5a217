using PushNet.Actors.Subscriptions;

namespace PushNet.Web.Sockets;

/// <summary>A filter in use. All clients that ask for the same share one, however many values it has.</summary>
/// <param name="channel">The channel's name.</param>
/// <param name="group">What they have in common.</param>
internal sealed class SharedFilter(string channel, GroupKey group)
{
    public string Channel => channel;

    public GroupKey Group => group;

    /// <summary>Clients that use it.</summary>
    public int Clients { get; set; }
}

/// <summary>What became of a client's filter.</summary>
internal abstract record FilterReply;

/// <summary>The filter may be used.</summary>
/// <param name="Subscription">What the client asked for, in objects that it shares with others.</param>
/// <param name="Use">Must be disposed of once, when the client is gone; null when the filter is not counted.</param>
internal sealed record FilterTaken(Subscription Subscription, IDisposable? Use) : FilterReply;

/// <summary>It would be one filter too many.</summary>
/// <param name="Limit">How many there may be.</param>
/// <param name="Owner">The key or address whose share is used up; null when all filters are in use.</param>
internal sealed record FilterRefused(int Limit, string? Owner) : FilterReply;
