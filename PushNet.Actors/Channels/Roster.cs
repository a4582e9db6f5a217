using System.Runtime.InteropServices;
using Akka.Actor;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Channels;

/// <summary>The subscribers of a group in one flat list, because the fan-out walks it for every batch.</summary>
/// <param name="rounds">Lets their writes go to the kernel together; null when they don't.</param>
internal sealed class Roster(IWriteRounds? rounds)
{
    // With fewer subscribers, one thread is fast enough.
    private const int SmallestSplit = 4096;

    // Two threads at full speed send more large batches than clients on the same two cores can read. The kernel's memory for TCP then
    // runs out, and it recovers from that slowly. So the second thread takes at most half of the subscribers for a batch of this size,
    // and fewer and fewer for larger ones.
    private const double LargeBatch = 9 * 1024;

    // How many of the remaining subscribers a thread takes at a time. Clients may use its core meanwhile, and the other then takes more.
    private const int Share = 256;

    // How many subscribers' memory is fetched at once.
    private const int Ahead = 8;

    private readonly List<Member> _members = [];
    private readonly Dictionary<IActorRef, int> _indexes = [];

    public int Count => _members.Count;

    public IReadOnlyList<IActorRef> Subscribers => [.. _members.Select(member => member.Subscriber)];

    /// <summary>Adds a subscriber.</summary>
    /// <param name="subscriber">The subscriber.</param>
    /// <param name="dropped">What the publisher had dropped before the subscriber joined. It is not told of that.</param>
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
    /// Tells every subscriber. Each runs on the thread that tells it and puts its write into that thread's <see cref="WriteRound"/>,
    /// which is sent at the end. Returns when all are told, because what is told next must not overtake this.
    /// </summary>
    /// <param name="message">What to tell.</param>
    /// <param name="bytes">Bytes that most of them write in response.</param>
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
            // The threads begin at opposite ends, so that a subscriber usually has the same thread.
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
    /// Makes the message from what was dropped since a subscriber was last told. Called once for all who get the same message.
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

    // Between two batches, the kernel's work pushes the subscribers out of the processor's caches. When several are looked at
    // together, their objects come from memory at the same time instead of one after the other.
    private static void Fetch(ReadOnlySpan<Member> members)
    {
        foreach (ref readonly var member in members)
        {
            DropHeadMailbox.QueueOf(member.Subscriber)?.Fetch();
        }
    }

    private readonly record struct Member(IActorRef Subscriber, DropCounts Told);
}
