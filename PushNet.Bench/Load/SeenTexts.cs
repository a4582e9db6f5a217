namespace PushNet.Bench.Load;

/// <summary>What the events said when they first came, so that every later receipt can be compared with it.</summary>
internal sealed class SeenTexts
{
    // More events than the slowest connection may be behind the fastest.
    private const int Remembered = 1 << 17;

    private readonly (long Seq, int Hash)[] _seen = new (long, int)[Remembered];

    /// <summary>True unless the event came with a different text before.</summary>
    public bool IsSame(long seq, ReadOnlySpan<byte> text)
    {
        var hash = default(HashCode);
        hash.AddBytes(text);
        ref var seen = ref _seen[seq % Remembered];
        if (seen.Seq < seq)
        {
            seen = (seq, hash.ToHashCode());
        }

        return seen.Seq != seq || seen.Hash == hash.ToHashCode();
    }
}
