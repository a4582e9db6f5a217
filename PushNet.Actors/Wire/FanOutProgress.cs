namespace PushNet.Actors.Wire;

/// <summary>
/// Counts the outstanding writes of a batch and tells when none are left. Every subscriber that is counted releases exactly once. One
/// that is already behind when the batch arrives is not counted, so that nobody waits for the stalled.
/// </summary>
/// <param name="count">How many subscribers will release.</param>
/// <param name="onDrained">Called once, on the thread of the last to release.</param>
public sealed class FanOutProgress(int count, Action onDrained)
{
    private int _outstanding = count;

    /// <summary>How many have not released yet.</summary>
    public int Outstanding => Volatile.Read(ref _outstanding);

    /// <summary>One or more subscribers have written the batch, or will not be waited for.</summary>
    /// <param name="count">How many.</param>
    public void Release(int count = 1)
    {
        if (Interlocked.Add(ref _outstanding, -count) == 0)
        {
            onDrained();
        }
    }
}
