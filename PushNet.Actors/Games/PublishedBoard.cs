namespace PushNet.Actors.Games;

/// <summary>Where the <see cref="GameStateActor"/> publishes the latest <see cref="BoardView"/>, so that reading the board asks nobody.</summary>
public sealed class PublishedBoard
{
    private volatile BoardView _latest = BoardView.Empty;

    /// <summary>The latest view. Shows all that any client was told of, and all that was acknowledged to a source.</summary>
    public BoardView Latest => _latest;

    internal void Publish(BoardView view) => _latest = view;
}
