using System.Buffers;
using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Wire;

/// <summary>What all snapshots may hold together, and which client is cut off when others wait for room.</summary>
public sealed class SnapshotMemoryTests
{
    private const int Limit = 1000;

    private readonly FakeTimeProvider _time = new(Given.Now.WallClock);
    private readonly SnapshotMemory _memory;
    private readonly RecordingSocket _socket = new() { BytesTaken = 7 };

    public SnapshotMemoryTests() => _memory = new SnapshotMemory(Limit, _time);

    [Fact]
    public void There_is_no_room_past_the_limit_and_there_is_when_some_was_given_back()
    {
        var half = _memory.TryTake(500);
        Assert.Null(_memory.TryTake(501));

        half!.Dispose();
        half.Dispose();

        Assert.Equal(0, _memory.Taken);
        Assert.NotNull(_memory.TryTake(Limit));
    }

    [Fact]
    public void A_snapshot_holds_what_it_needs_until_its_owner_and_all_who_were_given_it_have_let_go()
    {
        var snapshot = Make(300);
        var (one, other) = (snapshot.GiveTo(_socket), snapshot.GiveTo(_socket));
        snapshot.Release();
        one.Dispose();
        one.Dispose();
        Assert.Equal(300, _memory.Taken);

        other.Dispose();

        Assert.Equal(0, _memory.Taken);
    }

    [Fact]
    public void Nobody_is_cut_while_nobody_waits_for_room()
    {
        using var hold = Make(300).GiveTo(_socket);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal(0, _socket.Aborts);
    }

    [Fact]
    public void Who_takes_nothing_for_5_s_is_cut_while_others_wait()
    {
        using var hold = Make(300).GiveTo(_socket);
        WaitFor(4);
        Assert.Equal(0, _socket.Aborts);

        WaitFor(1);

        Assert.Equal(1, _socket.Aborts);
    }

    [Fact]
    public void Who_takes_something_is_cut_after_60_s_while_others_wait()
    {
        using var hold = Make(300).GiveTo(_socket);
        WaitFor(59, () => _socket.BytesTaken++);
        Assert.Equal(0, _socket.Aborts);

        WaitFor(1, () => _socket.BytesTaken++);

        Assert.Equal(1, _socket.Aborts);
    }

    [Fact]
    public void What_a_connection_held_that_has_ended_is_free()
    {
        var snapshot = Make(300);
        snapshot.GiveTo(_socket);
        snapshot.Release();
        _socket.Abort();
        Assert.Equal(300, _memory.Taken);

        WaitFor(1);

        Assert.Equal(0, _memory.Taken);
    }

    private SharedSnapshot Make(int bytes)
    {
        using var room = _memory.TryTake(bytes + 100);
        return room!.Fill(new ReadOnlySequence<byte>(new byte[bytes]));
    }

    private void WaitFor(int seconds, Action? each = null)
    {
        _memory.MakeRoom();
        for (var i = 0; i < seconds; i++)
        {
            each?.Invoke();
            _time.Advance(TimeSpan.FromSeconds(1));
            _memory.MakeRoom();
        }
    }
}
