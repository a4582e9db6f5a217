using PushNet.Actors.State;

namespace PushNet.Actors.Log.Entries;

/// <summary>What a server says of itself in the log.</summary>
/// <param name="Name">Its name, different on each.</param>
/// <param name="Version">The version of PushNet.</param>
/// <param name="LowestRules">The lowest number of rules of the board that it knows.</param>
/// <param name="HighestRules">The highest number of rules of the board that it knows.</param>
/// <param name="Address">Where other servers reach it, such as http://10.0.0.1:8080; empty: nowhere.</param>
/// <param name="Connections">How many connections it has.</param>
public sealed record LogServer(string Name, string Version, int LowestRules, int HighestRules, string Address, int Connections)
{
    /// <summary>Counts what a server process has said of itself. What comes late is told by it.</summary>
    public long Report { get; init; }

    /// <summary>How many connections it wants to be allowed, when all servers together have a cap.</summary>
    public int SlotsWanted { get; init; }

    /// <summary>Where it stands.</summary>
    public LogStanding Standing { get; init; } = LogStanding.Ready;

    /// <summary>The last event of its board.</summary>
    public long Seq { get; init; }

    /// <summary>The log that it reads, see <c>LogExtent.Log</c>.</summary>
    public string Log { get; init; } = "";

    /// <summary>See <c>LogState.Base</c>.</summary>
    public long Base { get; init; }

    /// <summary>The last message of the log that it applied.</summary>
    public long Sequence { get; init; }

    /// <summary>See <c>LogState.Digest</c>.</summary>
    public ulong Digest { get; init; }

    /// <summary>How long the log takes to bring what it sends, in milliseconds.</summary>
    public int BehindMs { get; init; }
}
