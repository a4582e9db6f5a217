using System.IO.Hashing;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace PushNet.Actors.Feed.Nats;

/// <summary>Connects to NATS and makes sure that the streams and the consumer are there.</summary>
public static class NatsStreams
{
    /// <summary>Messages that may be on their way to one consumer without an acknowledgement.</summary>
    public const int MaxAckPending = 4096;

    private const int NotFound = 404;

    // Long enough for a weekend, and short enough that a stream that nobody looks after does not fill the disk.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);
    private static readonly TimeSpan RejectedKept = TimeSpan.FromDays(30);

    /// <summary>A connection that, once open, opens itself again with back-off when it is lost.</summary>
    /// <param name="settings">Where to, and as whom.</param>
    /// <param name="log">Where its client logs; null: nowhere.</param>
    public static NatsConnection Connect(NatsSettings settings, ILoggerFactory? log = null) => new(NatsOpts.Default with
    {
        Url = settings.Url,
        LoggerFactory = log ?? NullLoggerFactory.Instance,
        Name = "pushnet",
        AuthOpts = new NatsAuthOpts { CredsFile = settings.CredentialsFile },
        HeaderEncoding = Encoding.UTF8,
        ReconnectWaitMin = TimeSpan.FromMilliseconds(250),
        ReconnectWaitMax = TimeSpan.FromSeconds(10),
    });

    /// <summary>Makes the stream of observations unless it is there; one that is there is left as it is.</summary>
    public static Task<INatsJSStream> EnsureStreamAsync(NatsJSContext jetStream, NatsSettings settings, CancellationToken cancellation) =>
        EnsureAsync(jetStream, new StreamConfig(settings.Stream, [settings.Subject]) { MaxAge = Kept }, cancellation);

    /// <summary>Makes the stream of what was rejected unless it is there.</summary>
    public static Task EnsureRejectedStreamAsync(NatsJSContext jetStream, NatsSettings settings, CancellationToken cancellation) =>
        EnsureAsync(
            jetStream, new StreamConfig(settings.RejectedStream, [settings.RejectedSubject]) { MaxAge = RejectedKept }, cancellation);

    /// <summary>Makes the consumer, or brings the one that is there up to the settings.</summary>
    public static async Task<INatsJSConsumer> EnsureConsumerAsync(
        NatsJSContext jetStream, NatsSettings settings, CancellationToken cancellation) =>
        await jetStream.CreateOrUpdateConsumerAsync(
            settings.Stream,
            new ConsumerConfig(settings.Consumer)
            {
                AckPolicy = ConsumerConfigAckPolicy.Explicit,
                AckWait = settings.AckWait,
                MaxAckPending = MaxAckPending,
            },
            cancellation).ConfigureAwait(false);

    /// <summary>A number that tells a stream from others, even from an earlier one of the same name.</summary>
    public static long IdentityOf(INatsJSStream stream) =>
        (long)XxHash64.HashToUInt64(Encoding.UTF8.GetBytes($"{stream.Info.Config.Name} {stream.Info.Created:O}"));

    private static async Task<INatsJSStream> EnsureAsync(NatsJSContext jetStream, StreamConfig config, CancellationToken cancellation)
    {
        try
        {
            return await jetStream.GetStreamAsync(config.Name!, cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (NatsJSApiException e) when (e.Error.Code == NotFound)
        {
            return await jetStream.CreateStreamAsync(config, cancellation).ConfigureAwait(false);
        }
    }
}
