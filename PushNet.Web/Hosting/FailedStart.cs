using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.Feed;
using PushNet.Actors.State;

namespace PushNet.Web.Hosting;

/// <summary>Ends a start that failed after the reading back of the board, for instance because a port is taken.</summary>
internal static class FailedStart
{
    // The first write of a process takes longest, and a machine that is busy may need seconds for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Keeps the board as an orderly stop does: otherwise the next start would take this one for a crash, and <c>seq</c> would
    /// jump.</summary>
    public static async Task KeepBoardAsync(IServiceProvider services)
    {
        try
        {
            var actors = services.GetRequiredService<ActorRegistry>();

            // A feed may have begun, and what it brings would be written after the last entry.
            await actors.EndAsync<FeedsActor>(new StopFeeds(), Patience);

            // One that is not there, or that can't be written, has nothing to keep.
            if (actors.TryGet<GameStateActor>(out var board)
                && await board.Ask<BoardStatus>(new GetBoardStatus(), Patience) is { IsThere: true, Fault: null })
            {
                await board.Ask<BoardStopped>(new StopBoard(), Patience);
            }
        }
        catch (Exception)
        {
            // The next start finds what was acknowledged all the same, and the reason of this failure must not take the place of the
            // start's own.
        }
    }
}
