using NATS.Client.JetStream;

namespace PushNet.Actors.Log.Nats;

/// <summary>
/// Takes a connection to another server of NATS when the one at its other end is cut off from the others. Such a server answers pings and
/// direct gets, and swallows what is published. Only what it says of the leader of a stream tells.
/// </summary>
public sealed class NatsWatch : IAsyncDisposable
{
    private const int Unavailable = 503;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Longer than an answer takes on a busy machine. An election takes longer still, and a reconnection does no harm then.
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

    private async Task WatchAsync()
    {
        var time = TimeProvider.System;
        var ledAt = time.GetTimestamp();
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(_end.Token).ConfigureAwait(false))
        {
            var lead = await LeadAsync().ConfigureAwait(false);
            if (lead is NatsLead.Followed)
            {
                ledAt = time.GetTimestamp();
            }
            else if (lead is NatsLead.Unfollowed || (_connection.Refusal is null && time.GetElapsedTime(ledAt) >= Patience))
            {
                await _connection.ReconnectAsync().ConfigureAwait(false);
                ledAt = time.GetTimestamp();
            }
        }
    }

    private async Task<NatsLead> LeadAsync()
    {
        try
        {
            var stream = await _jetStream.GetStreamAsync(_stream, cancellationToken: _end.Token).ConfigureAwait(false);
            return NatsLeadership.Of(stream.Info.Cluster);
        }
        catch (NatsJSApiException e) when (e.Error.Code != Unavailable)
        {
            // A refusal of a leader, for instance because there is no such stream.
            return NatsLead.Followed;
        }
        catch (Exception) when (!_end.IsCancellationRequested)
        {
            return NatsLead.None;
        }
    }
}
