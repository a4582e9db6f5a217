using System.Buffers;
using System.ComponentModel;
using System.Net.Sockets;
using System.Runtime.Versioning;
using PushNet.Actors.Wire;

namespace PushNet.Web.Sockets.Ring;

/// <summary>
/// Sends to many sockets in one call of the kernel, which costs a third less than a call for each. What a socket does not
/// take at once is left to the gate that put it. Used by one thread at a time.
/// </summary>
internal sealed class SendRing : IDisposable
{
    // With more, the first waits longer to be sent, and nothing is gained.
    private const int Capacity = 64;
    private const int DontWait = 0x40;
    private const int NoSignal = 0x4000;

    private readonly IoUring _kernel;
    private readonly Entry[] _entries = new Entry[Capacity];
    private readonly List<(FrameBlock Block, MemoryHandle Handle)> _pins = [];
    private readonly List<Action> _afterwards = [];
    private int _count;

    /// <summary>Asks the kernel for a ring.</summary>
    /// <exception cref="Win32Exception">The kernel has none, or forbids it.</exception>
    [SupportedOSPlatform("linux")]
    public SendRing() => _kernel = new IoUring(Capacity);

    /// <summary>Why the kernel takes no more; null while it does.</summary>
    public Win32Exception? Fault { get; private set; }

    /// <summary>Puts the sending of a batch into the ring.</summary>
    /// <param name="socket">Kept open until the result is told.</param>
    /// <param name="block">What to send.</param>
    /// <param name="gate">Told the result, at the latest by <see cref="Flush"/>.</param>
    /// <returns>False when nothing was put: the socket is closed, or the kernel takes no more.</returns>
    public bool TryPut(SafeSocketHandle socket, FrameBlock block, FrameGate gate)
    {
        if (Fault is not null)
        {
            return false;
        }

        var isOpen = false;
        try
        {
            socket.DangerousAddRef(ref isOpen);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }

        _kernel.Put(new IoUring.Request
        {
            Operation = IoUring.Request.Send,
            File = (int)socket.DangerousGetHandle(),
            Address = Pin(block),
            Length = block.Bytes.Length,
            MessageFlags = DontWait | NoSignal,
            Tag = (ulong)_count,
        });
        _entries[_count++] = new Entry(socket, block, gate);
        if (_count == Capacity)
        {
            Flush();
        }

        return true;
    }

    /// <summary>Sends what was put and tells every gate how many bytes its socket took: none, where it failed.</summary>
    public void Flush()
    {
        try
        {
            _kernel.Enter();
        }
        catch (Win32Exception e)
        {
            Fault = e;
        }

        while (_kernel.TryTake(out var result))
        {
            Settle(ref _entries[result.Tag], Math.Max(0, result.Value));
        }

        if (Fault is not null)
        {
            foreach (ref var entry in _entries.AsSpan(0, _count))
            {
                Settle(ref entry, 0);
            }
        }

        foreach (var (_, handle) in _pins)
        {
            handle.Dispose();
        }

        _pins.Clear();
        _count = 0;
    }

    /// <summary>
    /// Puts off what can't be done in a round. Closing a socket waits for its batch to be sent, which on the same thread would take
    /// forever.
    /// </summary>
    public void Afterwards(Action action) => _afterwards.Add(action);

    /// <summary>Does what was put off. Call it when the round is over.</summary>
    public void RunAfterwards()
    {
        foreach (var action in _afterwards)
        {
            action();
        }

        _afterwards.Clear();
    }

    public void Dispose() => _kernel.Dispose();

    // What many share is pinned once. Usually that is one block or two: a batch in its plain and its compressed form.
    private unsafe nint Pin(FrameBlock block)
    {
        for (var i = _pins.Count - 1; i >= 0; i--)
        {
            if (_pins[i].Block == block)
            {
                return (nint)_pins[i].Handle.Pointer;
            }
        }

        var handle = block.Bytes.Pin();
        _pins.Add((block, handle));
        return (nint)handle.Pointer;
    }

    private static void Settle(ref Entry entry, int sent)
    {
        var (socket, block, gate) = entry;
        entry = default;
        socket?.DangerousRelease();
        gate?.Sent(block!, sent);
    }

    private readonly record struct Entry(SafeSocketHandle? Socket, FrameBlock? Block, FrameGate? Gate);
}
