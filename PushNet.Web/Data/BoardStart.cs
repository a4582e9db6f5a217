using Akka.Actor;
using Akka.Hosting;
using PushNet.Actors.State;

namespace PushNet.Web.Data;

/// <summary>Holds up the start until the board is read back. Nobody is let in before. Whether it can be written does not matter.</summary>
internal sealed partial class BoardStart(
    BoardHold hold, IRequiredActor<GameStateActor> gameState, BoardLosses losses, ILogger<BoardStart> log) : IHostedService
{
    /// <exception cref="IOException">The board can't be read back.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var loss in losses.Sentences)
        {
            LogLoss(log, hold.Directory, loss);
        }

        foreach (var file in hold.Store?.Files?.Exclusive ?? [])
        {
            LogExclusive(log, hold.Directory, file);
        }

        var status = await gameState.ActorRef.Ask<BoardStatus>(new GetBoardStatus(), Timeout.InfiniteTimeSpan, cancellationToken);
        if (!status.IsThere)
        {
            throw new IOException(status.Fault);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Open as long as the host lives.</summary>
    public BoardHold Hold => hold;

    [LoggerMessage(1, LogLevel.Error, "In {Directory}: {Loss}")]
    private static partial void LogLoss(ILogger log, string? directory, string loss);

    [LoggerMessage(2, LogLevel.Warning, "In {Directory}: the disk has no room for {File}-shm. Until the server is started again, {File} "
        + "is locked for other programs, backups among them.")]
    private static partial void LogExclusive(ILogger log, string? directory, string file);
}
