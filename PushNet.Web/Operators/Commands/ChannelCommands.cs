using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Channels;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Telemetry;

namespace PushNet.Web.Operators.Commands;

/// <summary>Looks at the channels.</summary>
internal static class ChannelCommands
{
    public static readonly OperatorCommand List = new(
        "channel list",
        "Shows the channels: subscribers, events pending, totals since the start, and how far their events are compressed.",
        async (services, _) => await Rows(services));

    public static async Task<IReadOnlyList<ChannelRow>> Rows(IServiceProvider services)
    {
        var metrics = PushMetrics.Of(services.GetRequiredService<ActorSystem>());
        var actors = services.GetRequiredService<ActorRegistry>();
        return
        [
            await Row(actors.Get<LivePublisher>(), metrics.Of(PushChannel.Live)),
            await Row(actors.Get<OddsPublisher>(), metrics.Of(PushChannel.Odds)),
        ];
    }

    private static async Task<ChannelRow> Row(IActorRef publisher, ChannelMetrics metrics)
    {
        var usage = await publisher.Ask<ChannelUsage>(new GetChannelUsage(), OperatorCommands.Patience);
        var compression = metrics.Compression;
        return new ChannelRow(
            metrics.Channel.Name,
            usage.Subscribers,
            usage.Pending,
            metrics.Events,
            metrics.Batches,
            metrics.Deliveries,
            metrics.Bytes,
            metrics.Dropped.Total,
            compression.Streams,
            compression.KeyFrames,
            compression.PlainBytes > 0 ? Math.Round((double)compression.CompressedBytes / compression.PlainBytes, 3) : null);
    }

    /// <summary>A channel.</summary>
    /// <param name="Channel">Its name.</param>
    /// <param name="Subscribers">Subscribers in the stream.</param>
    /// <param name="Pending">Events that were not fanned out yet.</param>
    /// <param name="Events">Events fanned out.</param>
    /// <param name="Batches">Batches that they went in.</param>
    /// <param name="Deliveries">Events times subscribers.</param>
    /// <param name="Bytes">Bytes of batches times subscribers.</param>
    /// <param name="Dropped">Events dropped for all subscribers.</param>
    /// <param name="Streams">Compressed streams that run.</param>
    /// <param name="KeyFrames">Their key frames.</param>
    /// <param name="Ratio">Their bytes as a share of the plain frames of the same events; null when there were none.</param>
    internal sealed record ChannelRow(
        string Channel,
        int Subscribers,
        int Pending,
        long Events,
        long Batches,
        long Deliveries,
        long Bytes,
        long Dropped,
        int Streams,
        long KeyFrames,
        double? Ratio);
}
