using Akka.Actor;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Journal;
using PushNet.Actors.Subscriptions;
using PushNet.Actors.Wire;

namespace PushNet.Actors.State;

/// <summary>A group of lines from one source, to be applied in order; answered by <see cref="LinesReceipt"/>.</summary>
/// <param name="Source">The name of the feed or of the key that sent them.</param>
/// <param name="IsDemo">True when they are made up for show.</param>
/// <param name="Lines">The lines, parsed; never empty.</param>
public sealed record ObserveLines(string Source, bool IsDemo, IReadOnlyList<ParsedLine> Lines)
{
    /// <summary>
    /// True when the group, and the source with it, waits while the board can't be kept on disk. False when it is then answered with a
    /// <see cref="BoardUnavailableException"/> in a <see cref="Status.Failure"/>.
    /// </summary>
    public bool CanWait { get; init; }

    /// <summary>
    /// How far ahead of the server's clock a line's <c>ts</c> may be for the line to be among <see cref="LinesReceipt.Early"/> instead of
    /// rejected.
    /// </summary>
    public TimeSpan MaxEarly { get; init; }
}

/// <summary>What became of a group. Sent when all of it is as safe as the server makes it: what is acknowledged is not lost.</summary>
/// <param name="LastLine">The number of the group's last line.</param>
/// <param name="Counts">What became of its lines.</param>
/// <param name="Errors">The rejected lines with their reasons.</param>
public sealed record LinesReceipt(long LastLine, ObservationCounts Counts, IReadOnlyList<LineError> Errors)
{
    /// <summary>
    /// Lines whose time is yet to come, with sentences that say so. They are not counted, because their source brings them again.
    /// </summary>
    public IReadOnlyList<LineError> Early { get; init; } = [];

    /// <summary>Lines that were accepted, with what their sender should know.</summary>
    public IReadOnlyList<LineWarning> Warnings { get; init; } = [];

    /// <summary>The accepted observations of the group. Whoever records them is told when the receipt is sent.</summary>
    internal ObservationsAccepted? Accepted { get; init; }
}

/// <summary>On the event stream: the accepted observations of a group, in order, when its <see cref="LinesReceipt"/> is sent.</summary>
/// <param name="At">When the group was applied.</param>
/// <param name="Observations">The accepted observations, whether or not they changed the board.</param>
public sealed record ObservationsAccepted(Moment At, IReadOnlyList<Observation> Observations);

/// <summary>How many observations became what (docs/feeding.md#the-answer).</summary>
/// <param name="Applied">The board changed.</param>
/// <param name="Unchanged">The board already showed it.</param>
/// <param name="Stale">Older than what is known.</param>
/// <param name="Rejected">Refused with an error.</param>
public readonly record struct ObservationCounts(long Applied, long Unchanged, long Stale, long Rejected)
{
    /// <summary>None.</summary>
    public static readonly ObservationCounts None;

    /// <summary>All of them.</summary>
    public long Total => Applied + Unchanged + Stale + Rejected;

    /// <summary>Two counts together.</summary>
    public static ObservationCounts operator +(ObservationCounts a, ObservationCounts b) =>
        new(a.Applied + b.Applied, a.Unchanged + b.Unchanged, a.Stale + b.Stale, a.Rejected + b.Rejected);

    internal ObservationCounts Plus(Verdict verdict) => verdict switch
    {
        Verdict.Applied => this with { Applied = Applied + 1 },
        Verdict.Unchanged => this with { Unchanged = Unchanged + 1 },
        Verdict.Stale => this with { Stale = Stale + 1 },
        _ => this with { Rejected = Rejected + 1 },
    };
}

/// <summary>Why a line was rejected.</summary>
/// <param name="Line">Its number in its source.</param>
/// <param name="Error">The reason, as a sentence.</param>
public sealed record LineError(long Line, string Error);

/// <summary>What the sender of a line that was accepted should know.</summary>
/// <param name="Line">Its number in its source.</param>
/// <param name="Warning">What it is, as a sentence.</param>
public sealed record LineWarning(long Line, string Warning);

/// <summary>A publisher wants the events of its channel from now on. Asking again changes nothing.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Publisher">The actor that is told <see cref="Publish"/>.</param>
/// <param name="Backlog">Counts what the publisher has not sent yet; null when no source waits for it.</param>
public sealed record RegisterPublisher(PushChannel Channel, IActorRef Publisher, ChannelBacklog? Backlog = null);

/// <summary>From a publisher to the game state: as few events wait as its <see cref="ChannelBacklog"/> was asked for.</summary>
public sealed record Relieved
{
    /// <summary>The only one.</summary>
    public static readonly Relieved Instance = new();
}

/// <summary>From the game state to a publisher: events of its channel, in order.</summary>
/// <param name="Events">The events; never empty.</param>
/// <param name="ObservedAt">When the board took the observation that caused the first of them.</param>
public sealed record Publish(IReadOnlyList<EncodedEvent> Events, Moment ObservedAt);

/// <summary>
/// Asks for a <see cref="BoardSnapshot"/>. A registered publisher gets the answer in the same ordered stream as the events: all events
/// up to its seq come before it, and all later ones after it.
/// </summary>
/// <param name="MadeFor">The group to make it for, with what that group asks for; null for all live games without prices.</param>
/// <param name="MaxBytes">
/// For a group: the most bytes that it may have. When it would be larger or can't be made, the answer is <see cref="SnapshotFailed"/>.
/// </param>
public sealed record GetSnapshot(GroupKey? MadeFor = null, long MaxBytes = long.MaxValue);

/// <summary>A snapshot could not be made.</summary>
/// <param name="MadeFor">The group that it was asked for.</param>
/// <param name="Reason">Why, as a sentence for the clients that wait for it.</param>
public sealed record SnapshotFailed(GroupKey? MadeFor, string Reason)
{
    /// <summary>What clients are told of a failure.</summary>
    public static string ReasonOf(Exception failure) => failure is SnapshotTooLargeException
        ? "the snapshot of what you ask for is larger than it may be; ask for less, by a filter"
        : "the server could not make your snapshot; connect again later";
}

/// <summary>The live games, or those that a group asked for, at one moment.</summary>
/// <param name="Games">The games. Without prices, they are encoded once for all who ask until a game changes.</param>
/// <param name="Ts">Epoch milliseconds.</param>
/// <param name="Seq">The number of the last event before it.</param>
/// <param name="MadeFor">The group that it was asked for.</param>
public sealed record BoardSnapshot(GamesArray Games, long Ts, long Seq, GroupKey? MadeFor = null)
{
    /// <summary>How many asides stand behind the last event before it.</summary>
    public int Asides { get; init; }

    /// <summary>Its place in the stream.</summary>
    public Place Place => new(Seq, Asides);
}

/// <summary>Asks for <see cref="GameInspected"/>.</summary>
/// <param name="GameId">The game.</param>
public sealed record InspectGame(string GameId);

/// <summary>Everything that the board keeps of a game.</summary>
/// <param name="Game">The game; null when it is not known.</param>
public sealed record GameInspected(GameInspection? Game);

/// <summary>
/// Takes a game off the board, answered by <see cref="GameRemoved"/>, or by a <see cref="BoardUnavailableException"/>
/// in a <see cref="Status.Failure"/>. One that is live ends first, so that clients let go of it.
/// </summary>
/// <param name="GameId">The game.</param>
public sealed record RemoveGame(string GameId);

/// <summary>A game was removed.</summary>
/// <param name="Error">Why it was not, as a sentence; null when it was.</param>
public sealed record GameRemoved(string? Error);

/// <summary>Asks for <see cref="BoardStatus"/>.</summary>
public sealed record GetBoardStatus;

/// <summary>How much the board holds.</summary>
/// <param name="Games">Games known.</param>
/// <param name="Live">Games being played.</param>
/// <param name="SilentLive">Live games that have not been heard of for the retention time.</param>
/// <param name="Outcomes">Outcomes known.</param>
/// <param name="Seq">The number of the last event.</param>
public sealed record BoardStatus(int Games, int Live, int SilentLive, int Outcomes, long Seq)
{
    /// <summary>The most games that it holds.</summary>
    public int MaxGames { get; init; } = int.MaxValue;

    /// <summary>Games that left to make room for others since the start.</summary>
    public long Evicted { get; init; }

    /// <summary>Why the board can't be kept on disk just now, as a sentence; null when it can, or is not meant to be.</summary>
    public string? Fault { get; init; }

    /// <summary>False when the board could not be read back from disk.</summary>
    public bool IsThere { get; init; } = true;

    /// <summary>How far the server has read the log that it shares with others; null when there is none.</summary>
    public LogStatus? Log { get; init; }
}

/// <summary>
/// The server stops. Groups that wait until the board can be kept on disk again are refused with a
/// <see cref="BoardUnavailableException"/> in a <see cref="Status.Failure"/>, and so are all that would wait. What can be kept is taken
/// as before.
/// </summary>
public sealed record StopWaiting;

/// <summary>
/// The server stops and no observation comes any more: keep the board. Answered by <see cref="BoardStopped"/>, or not at all when the
/// board can't be kept.
/// </summary>
public sealed record StopBoard;

/// <summary>The board is kept.</summary>
public sealed record BoardStopped
{
    internal static readonly BoardStopped Instance = new();
}

/// <summary>
/// The board was read back from disk while the server ran: games may be as they were before, and every subscriber needs a fresh
/// snapshot.
/// </summary>
public sealed record BoardReset
{
    internal static readonly BoardReset Instance = new();
}
