namespace PushNet.Actors.Wire;

/// <summary>Whether some client needs a key frame. Raised on any thread, met on the one that makes the stream.</summary>
public sealed class KeyFrameDemand
{
    private volatile bool _isRaised;

    /// <summary>True when somebody is out of step.</summary>
    public bool IsRaised => _isRaised;

    /// <summary>Somebody is out of step.</summary>
    public void Raise()
    {
        // Thousands may say so at once, and every write takes the cache line away from the others.
        if (!_isRaised)
        {
            _isRaised = true;
        }
    }

    /// <summary>A key frame is being made.</summary>
    public void Met() => _isRaised = false;
}
