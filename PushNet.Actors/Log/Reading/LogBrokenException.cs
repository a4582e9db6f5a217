namespace PushNet.Actors.Log.Reading;

/// <summary>The log can't be read on.</summary>
/// <param name="isLost">
/// True when messages that were acknowledged are gone; false when messages that were not read yet are gone, and an image holds what they
/// said.
/// </param>
/// <param name="message">What happened, as a sentence for operators.</param>
internal sealed class LogBrokenException(bool isLost, string message) : Exception(message)
{
    /// <summary>True when messages that were acknowledged are gone.</summary>
    public bool IsLost => isLost;
}
