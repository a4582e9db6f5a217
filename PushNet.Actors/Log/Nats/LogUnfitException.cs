namespace PushNet.Actors.Log.Nats;

/// <summary>The stream that is there can't be the log, or may not be used.</summary>
/// <param name="message">Why, and what to do, as sentences for operators.</param>
internal sealed class LogUnfitException(string message) : Exception(message);
