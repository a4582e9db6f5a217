using System.Runtime.InteropServices;
using Akka.Actor;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>The subscribers of a group in one flat list, because the fan-out walks it for every batch.</summary>
/// <param name="rounds">Lets their writes go to the kernel together; null: they don't.</param>
internal sealed class Roster(IWriteRounds? rounds)
{
    // With fewer, one thread is done soon enough.
    private const int SmallestSplit = 4096;

    // Two threads at full speed send more of these than clients on the same two cores read. Then the memory that the
    // kernel has for TCP runs out, from which it recovers slowly; so the second takes a quarter.
    private const int LargeBatch = 16 * 1024;

    private readonly List<Member> _members = [];
    private readonly Dictionary<IActorRef, int> _indexes = [];

    public int Count => _members.Count;

    public IReadOnlyList<IActorRef> Subscribers => [.. _members.Select(member => member.Subscriber)];

    /// <summary>Adds a subscriber.</summary>
    /// <param name="subscriber">Who.</param>
    /// <param name="dropped">What the publisher had dropped before it joined, and of which it is not told.</param>
    public void Add(IActorRef subscriber, DropCounts dropped)
    {
        _indexes.Add(subscriber, _members.Count);
        _members.Add(new Member(subscriber, dropped));
    }

    /// <summary>Removes a subscriber; the last of the list takes its place.</summary>
    public void Remove(IActorRef subscriber)
    {
        if (!_indexes.Remove(subscriber, out var index))
        {
            return;
        }

        var last = _members[^1];
        _members.RemoveAt(_members.Count - 1);
        if (index < _members.Count)
        {
            _members[index] = last;
            _indexes[last.Subscriber] = index;
        }
    }

    /// <summary>Tells every subscriber, which therewith writes. Returns when all are told: what is told next must not overtake it.</summary>
    public void Tell(object message)
    {
        if (_members.Count < SmallestSplit || Environment.ProcessorCount == 1)
        {
            Tell(message, 0, _members.Count);
            return;
        }

        var isLarge = message is FrameBatch { Bytes.Length: > LargeBatch };
        var second = (int)(_members.Count * (isLarge ? 0.75 : 0.5));
        var others = Task.Run(() => Tell(message, second, _members.Count));
        Tell(message, 0, second);
        others.GetAwaiter().GetResult();
    }

    /// <summary>Tells every subscriber what it missed of the publisher's drops.</summary>
    /// <param name="dropped">Everything dropped so far.</param>
    /// <param name="message">Makes the message from what was dropped since a subscriber was last told; called once for all who share it.</param>
    public void TellMissed(DropCounts dropped, Func<DropCounts, object> message)
    {
        DropCounts? known = null;
        object? shared = null;
        for (var i = 0; i < _members.Count; i++)
        {
            var (subscriber, told) = _members[i];
            if (ReferenceEquals(told, dropped))
            {
                continue;
            }

            if (!ReferenceEquals(told, known))
            {
                (known, shared) = (told, message(dropped.Since(told)));
            }

            subscriber.Tell(shared, ActorRefs.NoSender);
            _members[i] = new Member(subscriber, dropped);
        }
    }

    private void Tell(object message, int begin, int end)
    {
        using var round = rounds?.Begin();
        foreach (ref readonly var member in CollectionsMarshal.AsSpan(_members)[begin..end])
        {
            member.Subscriber.Tell(message, ActorRefs.NoSender);
        }
    }

    private readonly record struct Member(IActorRef Subscriber, DropCounts Told);
}
