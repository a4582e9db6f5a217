using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace PushNet.Actors.Log.Nats;

/// <summary>
/// Takes a connection to another server of NATS when the one at its other end is cut off from the others. Such a server answers pings and
/// direct gets, and swallows what is published. Only what it says of the leader of a stream tells.
/// </summary>
public sealed class NatsWatch : IAsyncDisposable
{
    private const int Unavailable = 503;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Longer than an answer takes on a busy machine. An election takes longer still, and a reconnection then does no harm.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly NatsLogConnection _connection;
    private readonly NatsJSContext _jetStream;
    private readonly string _stream;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;

    /// <summary>Begins to watch.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="stream">The stream for whose leader is asked.</param>
    public NatsWatch(NatsLogConnection connection, string stream)
    {
        (_connection, _jetStream, _stream) = (connection, new NatsJSContext(connection), stream);
        _watching = WatchAsync();
    }

    /// <summary>Ends watching. The connection stays open.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    /// <summary>
    /// True when a stream has a leader that most of its servers follow. One that was cut off leads by its own account for 20 s more.
    /// </summary>
    /// <param name="cluster">What a server of NATS tells of the stream; null when it is the only one.</param>
    internal static bool IsLed(ClusterInfo? cluster)
    {
        var others = cluster?.Replicas ?? [];
        return cluster is null
            || (!string.IsNullOrEmpty(cluster.Leader)
                && 2 * (1 + others.Count(other => other.Active < Patience)) > 1 + others.Count);
    }

    private async Task WatchAsync()
    {
        var time = TimeProvider.System;
        var answeredAt = time.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false))
        {
            if (await IsAnsweredAsync().ConfigureAwait(false))
            {
                answeredAt = time.GetTimestamp();
            }
            else if (_connection.Refusal is null && time.GetElapsedTime(answeredAt) >= Patience)
            {
                await _connection.ReconnectAsync().ConfigureAwait(false);
                answeredAt = time.GetTimestamp();
            }
        }
    }

    private async Task<bool> IsAnsweredAsync()
    {
        try
        {
            var stream = await _jetStream.GetStreamAsync(_stream, cancellationToken: _end.Token).ConfigureAwait(false);
            return IsLed(stream.Info.Cluster);
        }
        catch (NatsJSApiException e)
        {
            return e.Error.Code != Unavailable;
        }
        catch (Exception) when (!_end.IsCancellationRequested)
        {
            return false;
        }
    }
}
