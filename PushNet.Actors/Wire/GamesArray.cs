using PushNet.Actors.Games;

namespace PushNet.Actors.Wire;

/// <summary>Games as an encoded JSON array, of which some can be had without encoding them again. Immutable and shared.</summary>
public sealed class GamesArray
{
    private readonly (Game Game, Range Bytes)[] _games;

    internal GamesArray(ReadOnlyMemory<byte> json, (Game Game, Range Bytes)[] games) => (Json, _games) = (json, games);

    /// <summary>The array, brackets included.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>How many games it holds.</summary>
    public int Count => _games.Length;

    /// <summary>The array of some of the games.</summary>
    public GamesArray Where(Func<Game, bool> selects)
    {
        var json = new MemoryStream();
        var games = new List<(Game, Range)>();
        json.WriteByte((byte)'[');
        foreach (var (game, bytes) in _games.Where(one => selects(one.Game)))
        {
            if (games.Count > 0)
            {
                json.WriteByte((byte)',');
            }

            var begin = (int)json.Length;
            json.Write(Json.Span[bytes]);
            games.Add((game, begin..(int)json.Length));
        }

        json.WriteByte((byte)']');
        return new GamesArray(json.ToArray(), [.. games]);
    }
}
