using System.Text.Json.Serialization;
using PushNet.Actors.Feed.Health;
using PushNet.Actors.Games;
using PushNet.Actors.State;

namespace PushNet.Web.Hosting;

/// <summary>The answer of <c>GET /health</c> (docs/protocol.md#health).</summary>
internal sealed record HealthBody(
    string Status,
    int Games,
    int Live,
    int Connections,
    IReadOnlyDictionary<string, HealthBody.OfFeed> Feed,
    IReadOnlyList<string> Degraded,
    int SilentLive,
    int MaxConnections,
    string? Warning,
    int TcpConnections,
    int? MaxTcpConnections,
    long Evicted,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? GamesEvicted = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] HealthBody.OfLog? Log = null)
{
    /// <summary>Of a server that waits for the board of another one: it has nothing yet.</summary>
    /// <param name="reason">What it waits for.</param>
    public static HealthBody OfStandby(string reason) =>
        new("standby", 0, 0, 0, new Dictionary<string, OfFeed>(), [reason], 0, 0, null, 0, null, 0);

    /// <summary>How far this server has read the log that it shares with others.</summary>
    internal sealed record OfLog(string State, long Seq, long Message, long BehindMs)
    {
        public static OfLog? From(BoardStatus board) => board.Log is not { } log ? null
            : new OfLog(Words<LogStanding>.Of(log.Standing), board.Seq, log.Sequence, (long)log.Behind.TotalMilliseconds);
    }

    /// <summary>A source.</summary>
    internal sealed record OfFeed(
        string Kind,
        string State,
        long? LastObservationMs,
        double Rate,
        long Applied,
        long Unchanged,
        long Stale,
        long Rejected,
        long? Lag,
        int Failures,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Parked,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Lost)
    {
        public static OfFeed From(SourceReport source) => new(
            source.Kind,
            Words<SourceState>.Of(source.State),
            source.LastObservation?.ToUnixTimeMilliseconds(),
            source.Rate,
            source.Counts.Applied,
            source.Counts.Unchanged,
            source.Counts.Stale,
            source.Counts.Rejected,
            source.Lag,
            source.Failures,
            source.Parked,
            source.Lost);
    }
}
