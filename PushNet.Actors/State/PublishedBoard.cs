using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Actors.State;

/// <summary>
/// Where the <see cref="GameStateActor"/> publishes the latest <see cref="BoardView"/>, so that readers need not ask anybody.
/// </summary>
public sealed class PublishedBoard
{
    private volatile BoardView _latest = BoardView.Empty;
    private volatile EncodedGames? _live;

    /// <summary>The latest view. It shows all that any client was told of, and all that was acknowledged to a source.</summary>
    public BoardView Latest => _latest;

    /// <summary>The live games of a view as JSON, encoded once for all snapshots and readers until a game changes.</summary>
    public GamesArray LiveGamesOf(BoardView view)
    {
        if (_live is not { } live || live.Version != view.GamesVersion)
        {
            var games = view.Games.Select(shown => shown.Game).Where(game => game.IsLive);
            _live = live = new EncodedGames(view.GamesVersion, new FrameEncoder().EncodeGames(games));
        }

        return live.Games;
    }

    internal void Publish(BoardView view) => _latest = view;

    private sealed record EncodedGames(long Version, GamesArray Games);
}
