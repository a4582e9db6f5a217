namespace PushNet.Actors.Channels.Groups;

/// <summary>
/// How many groups may have a compressed stream at once, over all channels. Each stream holds about 300 KB, and many push each other out
/// of the processor's caches. Thread-safe.
/// </summary>
/// <param name="streams">How many; 0 or more.</param>
public sealed class StreamAllowance(int streams)
{
    private int _left = streams;

    /// <summary>Takes one, to be given back.</summary>
    /// <returns>False when none is left.</returns>
    public bool TryTake()
    {
        if (Interlocked.Decrement(ref _left) >= 0)
        {
            return true;
        }

        GiveBack();
        return false;
    }

    /// <summary>A stream has ended.</summary>
    public void GiveBack() => Interlocked.Increment(ref _left);
}
