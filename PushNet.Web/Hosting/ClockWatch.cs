using PushNet.Actors.Clock;
using PushNet.Web.Http;

namespace PushNet.Web.Hosting;

/// <summary>
/// Logs when the wall clock is set. Only what is shown, the expiry of keys and the check of a source's <c>ts</c> follow it.
/// </summary>
internal sealed partial class ClockWatch(TimeProvider time, ILogger<ClockWatch> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    // A clock that is corrected gradually moves by less than a millisecond a second.
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(1);

    private Moment _last = Moment.Now(time);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var _ in Ticks.Every(Tick, time, stoppingToken))
        {
            var now = Moment.Now(time);
            var set = now.SetSince(_last);
            if (set.Duration() >= Jump)
            {
                LogSet(log, set < TimeSpan.Zero ? "back" : "forward", set.Duration().TotalSeconds, now.WallClock.UtcDateTime);
            }

            _last = now;
        }
    }

    [LoggerMessage(1, LogLevel.Warning, "The wall clock was set {Direction} by {Seconds:0.0} s, it is {Now:O} now: keys expire by it. "
        + "Retention and all intervals go on as they were")]
    private static partial void LogSet(ILogger log, string direction, double seconds, DateTime now);
}
