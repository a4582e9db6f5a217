using PushNet.Actors.Log.Entries;

namespace PushNet.Actors.Log.Replica;

/// <summary>What a message means for the board.</summary>
/// <param name="Entry">What it says.</param>
/// <param name="Turn">Whether it is applied now; what repeats, or came too soon, is left out.</param>
/// <param name="Evicts">True when games are to be evicted first.</param>
internal readonly record struct LogStep(LogEntry Entry, Sessions.Turn Turn, bool Evicts)
{
    /// <summary>True when the board takes what it says.</summary>
    public bool IsApplied => Turn is Sessions.Turn.Next;
}
