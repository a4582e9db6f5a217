using PushNet.Actors.Games;

namespace PushNet.Actors.Journal;

/// <summary>
/// What one commit writes. Holds states, not observations: a board is read back the same however later versions treat observations.
/// </summary>
/// <param name="Seq">The number of the last event when it was made.</param>
/// <param name="Removed">Games that left, before the changes.</param>
/// <param name="Games">Games that changed.</param>
internal sealed record JournalEntry(long Seq, IReadOnlyList<string> Removed, IReadOnlyList<GameChange> Games);
