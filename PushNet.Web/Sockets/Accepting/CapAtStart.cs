using System.Diagnostics.Metrics;
using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Admission;
using PushNet.Web.Settings;

namespace PushNet.Web.Sockets.Accepting;

/// <summary>
/// Sets the caps on connections when everything but the listeners has started. Only then is it known how many files the server itself
/// holds. Nobody is let in before.
/// </summary>
internal sealed class CapAtStart(
    LimitOptions options, AcceptLimit accepted, IRequiredActor<ConnectionLimiter> limiter, IMeterFactory meters)
    : IHostedService
{
    private ConnectionCap? _cap;

    /// <summary>The caps in force.</summary>
    /// <exception cref="InvalidOperationException">The server has not started yet.</exception>
    public ConnectionCap Cap => _cap ?? throw new InvalidOperationException("the cap is known when the server has started");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _cap = ConnectionCap.Of(options.MaxConnections, OpenFiles.Limit(), OpenFiles.Count());
        limiter.ActorRef.Tell(new LowerLimit(_cap.Limit), ActorRefs.NoSender);
        accepted.Open(_cap.Accepted ?? int.MaxValue);
        AcceptMetrics.Show(meters, _cap, accepted);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
