namespace PushNet.Actors.Wire;

/// <summary>
/// Counts the writes of a batch that are outstanding and tells when there are none left. Whoever counts releases
/// exactly once; who is behind already when the batch arrives does not count, so that nobody waits for the stalled.
/// </summary>
/// <param name="count">How many will release.</param>
/// <param name="onDrained">Called once, on the thread of the last to release.</param>
public sealed class FanOutProgress(int count, Action onDrained)
{
    private int _outstanding = count;

    /// <summary>How many have not released yet.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>One or more have written the batch, or will not be waited for.</summary>
    /// <param name="count">How many.</param>
    public void Release(int count = 1)
    {
        if (Interlocked.Add(ref _outstanding, -count) == 0)
        {
            onDrained();
        }
    }
}
