using System.Buffers;
using PushNet.Actors.Games;

namespace PushNet.Actors.Wire;

/// <summary>Games as an encoded JSON array. Immutable and shared.</summary>
public sealed class GamesArray
{
    // Null when the array was made in blocks. Such an array is for one group alone, and nobody asks for a part of it.
    private readonly (Game Game, Range Bytes)[]? _games;

    internal GamesArray(ReadOnlyMemory<byte> json, (Game Game, Range Bytes)[] games) =>
        (Bytes, Count, _games) = (new ReadOnlySequence<byte>(json), games.Length, games);

    internal GamesArray(ReadOnlySequence<byte> json, int count) => (Bytes, Count) = (json, count);

    /// <summary>The array, brackets included.</summary>
    public ReadOnlySequence<byte> Bytes { get; }

    /// <summary>The array in one block of memory: a copy when it has prices and is large.</summary>
    public ReadOnlyMemory<byte> Json => Bytes.IsSingleSegment ? Bytes.First : Bytes.ToArray();

    /// <summary>How many games it holds.</summary>
    public int Count { get; }

    /// <summary>
    /// The array of some of the games, which are not encoded again. Not for an array that was made in blocks, which can't tell them apart.
    /// </summary>
    public GamesArray Where(Func<Game, bool> selects)
    {
        var selected = _games!.Where(one => selects(one.Game)).ToArray();
        var bytes = new byte[selected.Sum(one => Length(one.Bytes)) + Math.Max(selected.Length - 1, 0) + "[]".Length];
        var whole = Bytes.FirstSpan;
        var end = 0;
        bytes[end++] = (byte)'[';
        for (var i = 0; i < selected.Length; i++)
        {
            if (i > 0)
            {
                bytes[end++] = (byte)',';
            }

            var (game, range) = selected[i];
            whole[range].CopyTo(bytes.AsSpan(end));
            selected[i] = (game, end..(end += Length(range)));
        }

        bytes[end] = (byte)']';
        return new GamesArray(bytes, selected);

        static int Length(Range range) => range.End.Value - range.Start.Value;
    }
}
