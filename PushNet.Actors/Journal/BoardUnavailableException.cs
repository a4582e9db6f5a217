namespace PushNet.Actors.Journal;

/// <summary>Observations can't be taken now, because they could not be kept. What was not acknowledged must be sent again.</summary>
/// <param name="message">Why, as a sentence for their sender.</param>
public sealed class BoardUnavailableException(string message) : Exception(message);
