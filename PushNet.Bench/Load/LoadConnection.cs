using System.Buffers.Binary;

namespace PushNet.Bench.Load;

/// <summary>One connection of the load client: cuts what is received into frames and counts.</summary>
internal sealed class LoadConnection(int socket, Protocol protocol, LoadStats stats, Schedule schedule, bool isSampled, bool seesEverySeq)
{
    private byte[] _carry = [];
    private int _carried;
    private bool _upgraded;
    private bool _joined;
    private long _lastSeq;
    private long _droppedBefore;

    public int Socket => socket;

    /// <summary>Takes bytes as they came.</summary>
    /// <returns>False when the server did not upgrade or closed.</returns>
    public bool Take(Span<byte> received)
    {
        stats.Bytes += received.Length;
        if (_carried == 0)
        {
            return Cut(received);
        }

        var all = new byte[_carried + received.Length];
        _carry.AsSpan(0, _carried).CopyTo(all);
        received.CopyTo(all.AsSpan(_carried));
        _carried = 0;
        return Cut(all);
    }

    private bool Cut(Span<byte> bytes)
    {
        if (!_upgraded)
        {
            var end = bytes.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                Carry(bytes);
                return true;
            }

            if (!bytes.StartsWith("HTTP/1.1 101"u8))
            {
                return false;
            }

            _upgraded = true;
            bytes = bytes[(end + 4)..];
        }

        while (TryFrame(bytes, out var opcode, out var payload, out var length))
        {
            if (opcode == 8)
            {
                return false;
            }

            if (opcode == 1)
            {
                Message(payload);
            }

            bytes = bytes[length..];
        }

        Carry(bytes);
        return true;
    }

    private static bool TryFrame(Span<byte> bytes, out int opcode, out Span<byte> payload, out int length)
    {
        opcode = length = 0;
        payload = default;
        if (bytes.Length < 2)
        {
            return false;
        }

        opcode = bytes[0] & 0xF;
        var header = bytes[1] switch { 126 => 4, 127 => 10, _ => 2 };
        if (bytes.Length < header)
        {
            return false;
        }

        var size = bytes[1] switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => (int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            var small => small,
        };
        length = header + size;
        if (bytes.Length < length)
        {
            return false;
        }

        payload = bytes[header..length];
        return true;
    }

    private void Message(ReadOnlySpan<byte> message)
    {
        if (!_joined && protocol.IsJoined(message))
        {
            _joined = true;
            stats.Joined++;
        }

        var before = stats.Dropped;
        var events = protocol.EventsIn(message, stats);
        _droppedBefore += stats.Dropped - before;
        stats.Delivered += events;
        if (events > 0 && isSampled)
        {
            Sample(Json.NumberAfterLast(message, "\"seq\":"u8));
        }
    }

    private void Sample(long seq)
    {
        if (_lastSeq > 0 && seq <= _lastSeq)
        {
            stats.Repeats++;
        }
        else if (_lastSeq > 0 && seesEverySeq)
        {
            // What the server said it dropped is no gap.
            var missing = seq - _lastSeq - 1;
            var told = Math.Min(missing, _droppedBefore);
            _droppedBefore -= told;
            stats.Gaps += missing - told;
        }

        _lastSeq = seq;
        if (schedule.Since(seq) is { } latency)
        {
            stats.RecordLatency(latency);
        }
    }

    private void Carry(ReadOnlySpan<byte> rest)
    {
        if (_carry.Length < rest.Length)
        {
            _carry = new byte[rest.Length];
        }

        rest.CopyTo(_carry);
        _carried = rest.Length;
    }
}
