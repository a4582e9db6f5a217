using Akka.Actor;
using Akka.Hosting;

namespace PushNet.Web.Hosting;

/// <summary>Ends actors, as a stop and a start that failed do.</summary>
internal static class ActorEnd
{
    /// <summary>
    /// Ends an actor, if there is one, and waits for it. If it doesn't end in time, whatever comes next goes on without it.
    /// </summary>
    /// <param name="actors">All actors.</param>
    /// <param name="farewell">What the actor ends on.</param>
    /// <param name="longest">The longest that is waited.</param>
    public static async Task EndAsync<TActor>(this ActorRegistry actors, object farewell, TimeSpan longest)
    {
        if (actors.TryGet<TActor>(out var actor))
        {
            try
            {
                await actor.GracefulStop(longest, farewell);
            }
            catch (TaskCanceledException)
            {
                // It did not end in time.
            }
        }
    }
}
