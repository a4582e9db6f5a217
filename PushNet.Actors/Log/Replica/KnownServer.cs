using PushNet.Actors.Log.Entries;

namespace PushNet.Actors.Log.Replica;

/// <summary>A server that follows the log, as the log tells of it.</summary>
/// <param name="Server">What it last said of itself.</param>
/// <param name="Session">The server process.</param>
/// <param name="Since">Log time when the process was first heard of, epoch milliseconds.</param>
/// <param name="HeardAt">Log time when it was last heard of, epoch milliseconds.</param>
/// <param name="Behind">How many messages of the log it had not applied then, although they came before what it said.</param>
/// <param name="Slots">How many connections it may have; 0 also when the servers have no cap together.</param>
public sealed record KnownServer(LogServer Server, ulong Session, long Since, long HeardAt, long Behind, int Slots)
{
    /// <summary>True when it has stopped. Its slots stay its own until it would be forgotten, because its clients are leaving.</summary>
    public bool HasLeft { get; init; }
}
