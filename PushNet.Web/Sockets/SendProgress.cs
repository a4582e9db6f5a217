using System.Buffers.Binary;
using System.Net.Sockets;

namespace PushNet.Web.Sockets;

/// <summary>
/// Tells a slow socket from a stalled one: a write may stay unfinished for long while the client takes byte after byte.
/// On Linux the kernel says how much the peer has acknowledged; elsewhere an unfinished write counts as no progress.
/// </summary>
internal sealed class SendProgress(Socket? socket, TimeSpan timeout)
{
    // struct tcp_info of linux/tcp.h: tcpi_unacked (in segments), tcpi_bytes_acked, tcpi_notsent_bytes.
    private const int IpProtoTcp = 6;
    private const int TcpInfo = 11;
    private const int InfoLength = 256;
    private const int UnackedOffset = 24;
    private const int BytesAckedOffset = 120;
    private const int BytesNotSentOffset = 144;

    private long _write;
    private ulong _acked;
    private TimeSpan _since;

    /// <summary>What the peer's kernel has acknowledged; null where that is not known.</summary>
    public long? BytesTaken => BytesAcked() is var acked and > 0 ? (long)acked : null;

    /// <summary>True unless something of what was written is known not to have arrived.</summary>
    public bool HasAllArrived
    {
        get
        {
            Span<byte> info = stackalloc byte[InfoLength];
            return !TryRead(info)
                || (BinaryPrimitives.ReadUInt32LittleEndian(info[UnackedOffset..]) == 0
                    && BinaryPrimitives.ReadUInt32LittleEndian(info[BytesNotSentOffset..]) == 0);
        }
    }

    /// <summary>True when the socket took nothing for the timeout while bytes wait.</summary>
    /// <param name="write">Identifies the write that is unfinished; 0 when there is none.</param>
    /// <param name="now">The time.</param>
    public bool IsStalled(long write, TimeSpan now)
    {
        if (write == 0)
        {
            _write = 0;
            return false;
        }

        var acked = BytesAcked();
        if (write != _write || acked != _acked)
        {
            (_write, _acked, _since) = (write, acked, now);
        }

        return now - _since >= timeout;
    }

    private ulong BytesAcked()
    {
        Span<byte> info = stackalloc byte[InfoLength];
        return TryRead(info) ? BinaryPrimitives.ReadUInt64LittleEndian(info[BytesAckedOffset..]) : 0;
    }

    private bool TryRead(Span<byte> info)
    {
        if (socket is null || !OperatingSystem.IsLinux())
        {
            return false;
        }

        try
        {
            return socket.GetRawSocketOption(IpProtoTcp, TcpInfo, info) >= BytesNotSentOffset + sizeof(uint);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
