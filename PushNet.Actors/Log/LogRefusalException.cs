namespace PushNet.Actors.Log;

/// <summary>An operator asked for what can't be done with the log as it is.</summary>
/// <param name="why">Why not, as a sentence.</param>
public sealed class LogRefusalException(string why) : Exception(why);
