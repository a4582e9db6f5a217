namespace PushNet.Actors.Log.Entries;

/// <summary>
/// One message of the log. Its session is the server process that sent it. Its number counts what a session sent that is to be applied
/// once and in order, from 1; an entry without one (0) means the same however often it comes.
/// </summary>
/// <param name="Session">The session, random; never 0.</param>
/// <param name="Number">The number; 0 for none.</param>
internal abstract record LogEntry(ulong Session, long Number);

/// <summary>Lines of one source, to be applied in order.</summary>
/// <param name="Session">The session.</param>
/// <param name="Number">The number.</param>
/// <param name="Source">The name of the feed or of the key that sent them.</param>
/// <param name="Lines">The lines.</param>
internal sealed record LinesEntry(ulong Session, long Number, string Source, IReadOnlyList<LogLine> Lines) : LogEntry(Session, Number);

/// <summary>An operator takes a game off the board.</summary>
/// <param name="Session">The session.</param>
/// <param name="Number">The number.</param>
/// <param name="GameId">The game.</param>
internal sealed record RemoveEntry(ulong Session, long Number, string GameId) : LogEntry(Session, Number);

/// <summary>Time passes, though nothing comes.</summary>
/// <param name="Session">The session.</param>
internal sealed record TickEntry(ulong Session) : LogEntry(Session, 0);

/// <summary>A server is there. Each says so every few seconds.</summary>
/// <param name="Session">The session.</param>
/// <param name="Server">What it says of itself.</param>
internal sealed record ServerEntry(ulong Session, LogServer Server) : LogEntry(Session, 0);

/// <summary>A server has stopped.</summary>
/// <param name="Session">The session.</param>
/// <param name="Name">Its name.</param>
internal sealed record LeaveEntry(ulong Session, string Name) : LogEntry(Session, 0);

/// <summary>
/// An operator has put the board of one server in the place of what the log had lost: it is in the image of the message before this one.
/// </summary>
/// <param name="Session">The session.</param>
/// <param name="Base">How often that has happened, this time included.</param>
internal sealed record BaseEntry(ulong Session, long Base) : LogEntry(Session, 0);

/// <summary>An image was written.</summary>
/// <param name="Session">The session.</param>
/// <param name="Sequence">The last message that it holds.</param>
internal sealed record ImageEntry(ulong Session, long Sequence) : LogEntry(Session, 0);

/// <summary>
/// From here on these rules are in force, until an entry brings others. A server that does not know them stops. The entry has a number, so
/// that one that comes late or twice does not bring old rules back.
/// </summary>
/// <param name="Session">The session.</param>
/// <param name="Number">The number.</param>
/// <param name="Rules">The rules.</param>
internal sealed record RulesEntry(ulong Session, long Number, LogRules Rules) : LogEntry(Session, Number);
