namespace PushNet.Web.Sockets;

/// <summary>
/// How long to wait for a connection that is closing: as long as it makes progress, which means that the client takes or sends bytes,
/// but not forever. Pure: times and counts are passed in.
/// </summary>
/// <param name="timeout">How long it may go without progress once the socket took the close frame.</param>
/// <param name="now">When it began to close.</param>
internal sealed class CloseWait(TimeSpan timeout, TimeSpan now)
{
    /// <summary>How many times longer it may go without progress while something stands before the close frame.</summary>
    public const int BeforeCloseFrame = 4;

    /// <summary>The longest that it may take in all, or the timeout where that is longer.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    // A busy process needs this long to see that there is nothing left to read.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(1);

    private readonly TimeSpan _endsAt = now + (timeout > Longest ? timeout : Longest);
    private TimeSpan _gotOnAt = now;
    private TimeSpan? _endingSince;
    private long _counted;

    /// <summary>True when it was over and the connection is being ended without a reset.</summary>
    public bool EndsGently => _endingSince is not null;

    /// <summary>The connection is being ended without a reset, which takes another wait.</summary>
    public void EndGently(TimeSpan now) => _endingSince = now;

    /// <summary>True when the wait was long enough.</summary>
    /// <param name="isTaken">True when the socket took the close frame.</param>
    /// <param name="count">Grows while the connection makes progress.</param>
    /// <param name="now">The time.</param>
    public bool IsOver(bool isTaken, long count, TimeSpan now)
    {
        if (_endingSince is { } since)
        {
            return now - since >= LongestEnd;
        }

        if (count != _counted)
        {
            (_counted, _gotOnAt) = (count, now);
        }

        return now - _gotOnAt >= (isTaken ? timeout : timeout * BeforeCloseFrame) || now >= _endsAt;
    }
}
