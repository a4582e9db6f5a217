using System.IO.Hashing;
using System.Text;
using PushNet.Actors.Games;

namespace PushNet.Actors.State;

/// <summary>
/// What became of everything that a board was told, as a number that is chained: two boards that were told the same and made something
/// else of any of it have different ones from then on. It is made of what the rules of the board decide and not of frames, because two
/// versions may write another field. Numbers of asides are left out, because a board that was read back counts them anew. Not thread-safe.
/// </summary>
internal sealed class BoardDigest
{
    private readonly MemoryStream _bytes = new();
    private readonly BinaryWriter _to;
    private ulong _value;

    public BoardDigest() => _to = new BinaryWriter(_bytes, Encoding.UTF8);

    /// <summary>The number.</summary>
    public ulong Value
    {
        get
        {
            if (_bytes.Length > 0)
            {
                _value = XxHash3.HashToUInt64(_bytes.GetBuffer().AsSpan(0, (int)_bytes.Length), (long)_value);
                _bytes.SetLength(0);
            }

            return _value;
        }

        set
        {
            _bytes.SetLength(0);
            _value = value;
        }
    }

    /// <summary>Something became of what the board was told.</summary>
    public void Take(Verdict verdict, IReadOnlyList<GameEvent> events)
    {
        _to.Write((byte)verdict);
        foreach (var one in events)
        {
            _to.Write((byte)one.Kind);
            _to.Write(one.Game.GameId);
            _to.Write(one.Seq);
            _to.Write(one.Ts);
            if (one is PriceChange { Key: var key } change)
            {
                _to.Write(key.MarketType);
                _to.Write(key.Book);
                _to.Write(key.Outcome);
                Write(key.Points);
                Write(change.NewPrice);
            }
            else
            {
                Write(one.Game);
            }
        }
    }

    private void Write(Game game)
    {
        var scores = game.Scores;
        _to.Write((byte)game.Status);
        _to.Write(scores.ScoreHome ?? -1);
        _to.Write(scores.ScoreAway ?? -1);
        _to.Write(scores.Period ?? "");
        _to.Write(scores.Clock ?? "");
    }

    private void Write(decimal? number) => _to.Write(number ?? decimal.MinValue);
}
