using NATS.Client.Core;
using NATS.Client.JetStream.Models;

namespace PushNet.Actors.Log.Nats;

/// <summary>How a stream is led.</summary>
public enum NatsLead
{
    /// <summary>By nobody, as far as is known.</summary>
    None,

    /// <summary>By a server of NATS that most of the others do not follow.</summary>
    Unfollowed,

    /// <summary>By a server of NATS that most of the others follow.</summary>
    Followed,
}

/// <summary>Whether what a server of NATS tells of a stream counts. Pure.</summary>
/// <remarks>
/// A leader that was cut off from the other servers leads by its own account for 20 s more. Meanwhile they elect another one, and its
/// stream ends where it was cut off. A server that knows of no leader tells of a stream without its messages.
/// </remarks>
public static class NatsLeadership
{
    // A leader hears from its followers each second. Those that hear nothing from it elect another one after 4 s at the earliest.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>How a stream is led.</summary>
    /// <param name="cluster">What a server of NATS tells of the servers; null when it is the only one.</param>
    public static NatsLead Of(ClusterInfo? cluster)
    {
        var others = cluster?.Replicas ?? [];
        return cluster is null ? NatsLead.Followed
            : string.IsNullOrEmpty(cluster.Leader) ? NatsLead.None
            : 2 * (1 + others.Count(other => other.Active < Patience)) > 1 + others.Count ? NatsLead.Followed
            : NatsLead.Unfollowed;
    }

    /// <summary>What a server of NATS tells of a stream, if it counts.</summary>
    /// <param name="told">What it tells.</param>
    /// <exception cref="NatsException">It does not count.</exception>
    public static StreamInfo Trusted(StreamInfo told) => Of(told.Cluster) is NatsLead.Followed ? told
        : throw new NatsException($"the stream {told.Config.Name} has no leader that most of its servers of NATS follow");
}
