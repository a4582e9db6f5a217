using PushNet.Actors.Subscribers;
using PushNet.Web.Sockets;

namespace PushNet.Web.Operators.Commands;

/// <summary>Looks at connections, and ends one.</summary>
internal static class SubscriberCommands
{
    private const string Queue = "queue";
    private const string Lag = "lag";
    private const string Drops = "drops";
    private const string Age = "age";

    public static readonly OperatorCommand Top = new(
        "subscriber top",
        "Shows the connections with the longest queue, the longest wait of a write, the most drops, or the greatest age.",
        (services, input) => Task.FromResult<object>(Rows(services, input.Required("by"), (int)input.Number("count", 1, 1000))))
    {
        Parameters =
        [
            new("by", "What to sort by.") { Choices = [Queue, Lag, Drops, Age], Default = Queue },
            new("count", "How many connections to show, from 1 to 1000.") { Default = "20" },
        ],
    };

    public static readonly OperatorCommand Kick = new(
        "subscriber kick",
        "Closes a connection with 1013, and aborts it if it does not take that. Its client may come back.",
        (services, input) =>
        {
            var id = input.Number("conn", 1, long.MaxValue);
            var socket = services.GetRequiredService<SocketRegistry>().Find(id)
                ?? throw new CommandException(StatusCodes.Status404NotFound, $"connection {id} is not open");
            _ = socket.Kick();
            return Task.FromResult<object>(new
            {
                Kicked = true,
                ConnId = id,
                Channel = socket.Scope,
                Key = socket.Secret.Key.Name,
                Address = socket.Address?.ToString(),
            });
        })
    {
        Changes = true,
        Parameters = [new("conn", "The connection's conn_id.") { IsRequired = true }],
    };

    private static IReadOnlyList<SubscriberRow> Rows(IServiceProvider services, string by, int count) =>
    [
        .. services.GetRequiredService<SocketRegistry>().Sockets
            .Select(socket => (Socket: socket, Queue: QueueReading.Of(socket.Subscriber)))
            .OrderByDescending(one => by switch
            {
                Lag => one.Socket.Blocked.Ticks,
                Drops => one.Queue.Dropped,
                Age => one.Socket.Age.Ticks,
                _ => one.Queue.Queued,
            })
            .ThenBy(one => one.Socket.ConnectionId)
            .Take(count)
            .Select(one => Row(one.Socket, one.Queue)),
    ];

    private static SubscriberRow Row(PushSocket socket, QueueReading queue) => new(
        socket.ConnectionId,
        socket.Scope,
        socket.Secret.Key.Name,
        socket.Address?.ToString(),
        Math.Round(socket.Age.TotalSeconds, 1),
        queue.Queued,
        (long)socket.Blocked.TotalMilliseconds,
        queue.Dropped,
        socket.BytesTaken,
        socket.SharesCompression ? "shared" : "off",
        socket.Protocol.Name);

    /// <summary>A connection.</summary>
    /// <param name="ConnId">Its <c>conn_id</c>.</param>
    /// <param name="Channel">Its channel.</param>
    /// <param name="Key">The name of the key that let it in.</param>
    /// <param name="Address">The address of its client.</param>
    /// <param name="AgeS">Seconds since it was opened.</param>
    /// <param name="Queued">Events that wait for it.</param>
    /// <param name="LagMs">How many milliseconds the write that is under way has waited for its socket.</param>
    /// <param name="Dropped">Events that its queue dropped.</param>
    /// <param name="Bytes">Bytes that its client acknowledged; null where that is not known.</param>
    /// <param name="Compression">shared or off.</param>
    /// <param name="Transport">websocket or sse.</param>
    internal sealed record SubscriberRow(
        long ConnId,
        string Channel,
        string Key,
        string? Address,
        double AgeS,
        int Queued,
        long LagMs,
        long Dropped,
        long? Bytes,
        string Compression,
        string Transport);
}
