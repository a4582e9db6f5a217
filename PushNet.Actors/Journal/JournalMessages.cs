using Akka.Actor;
using PushNet.Actors.Games;

namespace PushNet.Actors.Journal;

/// <summary>Write this; answered by <see cref="Committed"/>. The next one may only be sent after the answer.</summary>
internal sealed record Commit(JournalEntry Entry);

/// <summary>The entry is on disk.</summary>
internal sealed record Committed
{
    public static readonly Committed Instance = new();
}

/// <summary>Write a snapshot; answered by <see cref="ImageSaved"/>. Only one may be on its way.</summary>
internal sealed record SaveImage(BoardImage Image);

/// <summary>The snapshot is on disk, or could not be written. The entries behind the one before still serve in that case.</summary>
/// <param name="Failure">Why it could not be written; null when it was.</param>
internal sealed record ImageSaved(Exception? Failure);

/// <summary>The journal is open.</summary>
/// <param name="Image">The board as it was kept.</param>
/// <param name="Writer">Takes <see cref="Commit"/> and <see cref="SaveImage"/> until it stops.</param>
internal sealed record JournalRecovered(BoardImage Image, IActorRef Writer);

/// <summary>The journal could not be opened or written. It stops, and is opened again later.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Image">The board as it was kept, when the journal could be read but not written; otherwise null.</param>
internal sealed record JournalFailed(Exception Cause, BoardImage? Image = null);
