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

    // Two threads at full speed send more large batches than clients on the same two cores read. Then the memory that the
    // kernel has for TCP runs out, from which it recovers slowly. So the second thread takes half of the subscribers at most for
    // a batch of this size, and ever less for larger ones.
    private const double LargeBatch = 9 * 1024;

    // What a thread takes of those who are left: clients may have its core meanwhile, and the other then takes more.
    private const int Share = 256;

    // Whose memory is fetched at once.
    private const int Ahead = 8;

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

    /// <summary>
    /// Tells every subscriber, which runs on this thread and puts its write into this thread's <see cref="WriteRound"/>, and
    /// sends the round. Returns when all are told: what is told next must not overtake it.
    /// </summary>
    /// <param name="message">What to tell.</param>
    /// <param name="bytes">Bytes that most of them write then.</param>
    public void Tell(object message, int bytes)
    {
        var shares = (_members.Count + Share - 1) / Share;
        var taken = 0;
        if (_members.Count < SmallestSplit)
        {
            TellShares(0, step: 1, most: shares);
        }
        else
        {
            // From both ends, so that a subscriber mostly has the same thread.
            Parallel.Invoke(
                () => TellShares(0, step: 1, most: shares),
                () => TellShares(shares - 1, step: -1, most: (int)(shares / (1 + (bytes / LargeBatch)))));
        }

        void TellShares(int share, int step, int most)
        {
            var round = rounds?.Begin();
            try
            {
                for (; most > 0 && Interlocked.Increment(ref taken) <= shares; most--, share += step)
                {
                    var begin = share * Share;
                    Tell(message, CollectionsMarshal.AsSpan(_members)[begin..Math.Min(begin + Share, _members.Count)]);
                }
            }
            finally
            {
                round?.Send();
            }
        }
    }

    /// <summary>Tells every subscriber what it missed of the publisher's drops.</summary>
    /// <param name="dropped">Everything dropped so far.</param>
    /// <param name="message">
    /// Makes the message from what was dropped since a subscriber was last told; called once for all who share it.
    /// </param>
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

    private static void Tell(object message, ReadOnlySpan<Member> members)
    {
        while (!members.IsEmpty)
        {
            var next = members[..Math.Min(Ahead, members.Length)];
            Fetch(next);
            foreach (ref readonly var member in next)
            {
                member.Subscriber.Tell(message, ActorRefs.NoSender);
            }

            members = members[next.Length..];
        }
    }

    // Between two batches the kernel's work pushes the subscribers out of the processor's caches. Looked at by some at a
    // time, their objects come from memory together instead of one after the other.
    private static void Fetch(ReadOnlySpan<Member> members)
    {
        foreach (ref readonly var member in members)
        {
            DropHeadMailbox.QueueOf(member.Subscriber)?.Fetch();
        }
    }

    private readonly record struct Member(IActorRef Subscriber, DropCounts Told);
}
