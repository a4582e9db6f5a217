namespace PushNet.Actors.Wire;

/// <summary>Whether somebody needs a key frame. Raised from any thread, met by the one that makes the stream.</summary>
public sealed class KeyFrameDemand
{
    private volatile bool _isRaised;

    /// <summary>True when somebody is out of step.</summary>
    public bool IsRaised => _isRaised;

    /// <summary>Somebody is out of step.</summary>
    public void Raise()
    {
        // Thousands may say the same at once, and a write takes the line from the caches of others.
        if (!_isRaised)
        {
            _isRaised = true;
        }
    }

    /// <summary>A key frame is being made.</summary>
    public void Met() => _isRaised = false;
}
