using System.IO.Hashing;
using PushNet.Actors.Log.Entries;

namespace PushNet.Actors.Log.Nats;

/// <summary>
/// Tells a message of the log from another one in its place, which may have the same payload: so have ticks of one server.
/// </summary>
/// <param name="StoredAt">When NATS stored it, epoch milliseconds.</param>
/// <param name="Crc">The CRC-32 of its payload.</param>
internal readonly record struct NatsLogMark(long StoredAt, uint Crc)
{
    /// <summary>The mark of a message.</summary>
    public static NatsLogMark Of(LogMessage message) => new(message.StoredAt, Crc32.HashToUInt32(message.Payload.Span));
}
