using System.Collections.Concurrent;
using System.ComponentModel;
using PushNet.Actors.Subscribers;
using PushNet.Web.Settings;

namespace PushNet.Web.Sockets.Ring;

/// <summary>
/// Rounds whose writes go to the kernel together, through a <see cref="SendRing"/> that a thread has for as long as the round.
/// Where there are no rings, every write is a call of its own.
/// </summary>
internal sealed partial class SendRounds : IWriteRounds, IDisposable
{
    private readonly ConcurrentBag<SendRing> _idle = [];
    private readonly ILogger<SendRounds> _log;
    private volatile bool _isOff;

    /// <summary>Asks the kernel for a first ring, where the settings want one, and logs the outcome.</summary>
    public SendRounds(SocketOptions options, ILogger<SendRounds> log)
    {
        _log = log;
        _isOff = options.Output != SocketOptions.Ring;
        if (!_isOff && Rent() is { } first)
        {
            _idle.Add(first);
        }
    }

    /// <inheritdoc />
    public WriteRound? Begin() =>
        !_isOff && WriteRound.Current is null && Rent() is { } ring ? new SendRound(ring, this) : null;

    public void Dispose()
    {
        _isOff = true;
        while (_idle.TryTake(out var ring))
        {
            ring.Dispose();
        }
    }

    private SendRing? Rent()
    {
        if (!OperatingSystem.IsLinux())
        {
            // To another kernel the numbers of the calls mean something else.
            _isOff = true;
            LogNoRing(_log, "it is a part of Linux");
            return null;
        }

        try
        {
            return _idle.TryTake(out var idle) ? idle : new SendRing();
        }
        catch (Exception e) when (e is Win32Exception or PlatformNotSupportedException)
        {
            _isOff = true;
            LogNoRing(_log, e.Message);
            return null;
        }
    }

    /// <summary>Takes back the ring of a round that is over.</summary>
    public void Return(SendRing ring)
    {
        if (ring.Fault is { } fault)
        {
            _isOff = true;
            LogRingFailed(_log, fault);
        }

        if (_isOff)
        {
            ring.Dispose();
        }
        else
        {
            _idle.Add(ring);
        }
    }

    [LoggerMessage(1, LogLevel.Information,
        "No io_uring ({Reason}): every write to a client is a call of its own, which costs more. Containers often forbid it")]
    private static partial void LogNoRing(ILogger log, string reason);

    [LoggerMessage(2, LogLevel.Warning, "io_uring failed: every write to a client is a call of its own from now on")]
    private static partial void LogRingFailed(ILogger log, Exception cause);
}
