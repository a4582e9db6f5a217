using NATS.Client.Core;
using NATS.Client.JetStream;
using PushNet.Actors.Feed;
using PushNet.Actors.Feed.Nats;
using PushNet.Web.Ingest;

namespace PushNet.Web.Commands.Feed;

/// <summary>
/// The stream of a NATS server. A server learns of the observations only later, so all that is told is that they are stored.
/// </summary>
internal sealed class NatsTarget : IFeedTarget
{
    private readonly NatsConnection _connection;
    private readonly NatsJSContext _jetStream;
    private readonly NatsSettings _settings;

    private NatsTarget(NatsConnection connection, NatsSettings settings) =>
        (_connection, _jetStream, _settings) = (connection, new NatsJSContext(connection), settings);

    /// <summary>Connects, and makes the stream when it isn't there.</summary>
    /// <exception cref="IOException">The server can't be reached, or has no such stream to give.</exception>
    public static async Task<NatsTarget> ConnectAsync(NatsSettings settings)
    {
        var target = new NatsTarget(NatsStreams.Connect(settings), settings);
        try
        {
            await target._connection.ConnectAsync();
            await NatsStreams.EnsureStreamAsync(target._jetStream, settings, CancellationToken.None);
            return target;
        }
        catch (NatsException e)
        {
            await target.DisposeAsync();
            throw new IOException($"NATS can't be used: {e.GetBaseException().Message}", e);
        }
    }

    public string Describe(FeedCounts counts) => $"stored in stream {_settings.Stream}";

    public async Task<IngestSummary> SendAsync(IReadOnlyList<FeedLine> lines)
    {
        try
        {
            // Published in order, without waiting for each answer.
            var published = new List<NatsJSPublishConcurrentFuture>(lines.Count);
            foreach (var line in lines)
            {
                published.Add(await _jetStream.PublishConcurrentAsync(_settings.Subject, line.Utf8));
            }

            foreach (var future in published)
            {
                await using (future)
                {
                    (await future.GetResponseAsync()).EnsureSuccess();
                }
            }

            return new IngestSummary(lines.Count, 0, 0, 0, 0, [], null, null);
        }
        catch (NatsException e)
        {
            throw new IOException($"NATS did not take all: {e.GetBaseException().Message}", e);
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
