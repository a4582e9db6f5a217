namespace PushNet.Actors.Log.Entries;

/// <summary>An entry of the log is not one that this version knows. Never skipped: the board would be another than elsewhere.</summary>
/// <param name="message">What it is and what to do, as a sentence.</param>
internal sealed class LogFormatException(string message) : Exception(message);
