using Akka.Actor;
using PushNet.Actors.Games;

namespace PushNet.Actors.Journal;

/// <summary>A whole board, on its way from where it was kept to where it is to be kept.</summary>
public sealed class BoardCopy
{
    internal BoardCopy(BoardImage image) => Image = image;

    /// <summary>How many games it holds.</summary>
    public int Games => Image.Games.Count;

    /// <summary>How many outcomes it holds.</summary>
    public int Outcomes => Image.Games.Sum(game => game.Outcomes.Count);

    /// <summary>The number of its last event.</summary>
    public long Seq => Image.Seq;

    /// <summary>The board.</summary>
    internal BoardImage Image { get; }

    /// <summary>Reads the board of a journal that no server uses, as a start does.</summary>
    /// <param name="system">An actor system whose Akka.Persistence knows where the board is.</param>
    /// <param name="settings">How it is kept.</param>
    /// <returns>The board; no event was given a later number.</returns>
    /// <exception cref="IOException">It can't be read, or nothing can be written behind it.</exception>
    public static Task<BoardCopy> ReadAsync(ActorSystem system, JournalSettings settings) =>
        RunAsync(system, settings, null);

    /// <summary>Writes the board to a journal that holds none.</summary>
    /// <param name="system">An actor system whose Akka.Persistence knows where the board is to be.</param>
    /// <param name="settings">How it is kept.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public Task WriteAsync(ActorSystem system, JournalSettings settings) => RunAsync(system, settings, Image);

    private static Task<BoardCopy> RunAsync(ActorSystem system, JournalSettings settings, BoardImage? image)
    {
        var done = new TaskCompletionSource<BoardCopy>(TaskCreationOptions.RunContinuationsAsynchronously);
        system.ActorOf(Props.Create(() => new BoardCopyActor(done, settings, image)));
        return done.Task;
    }
}
