namespace PushNet.Web.Sockets;

/// <summary>Allows a number of events in any window of time. Pure: the time is passed in.</summary>
/// <param name="most">Events that are allowed.</param>
/// <param name="window">The window.</param>
internal sealed class SlidingWindow(int most, TimeSpan window)
{
    private readonly Queue<TimeSpan> _times = new(most + 1);

    /// <summary>Counts an event.</summary>
    /// <returns>False when it was one too many.</returns>
    public bool Allows(TimeSpan now)
    {
        while (_times.TryPeek(out var oldest) && now - oldest >= window)
        {
            _times.Dequeue();
        }

        _times.Enqueue(now);
        return _times.Count <= most;
    }
}
