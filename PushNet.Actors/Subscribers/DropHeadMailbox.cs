using System.Runtime.CompilerServices;
using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;
using PushNet.Actors.Telemetry;
using PushNet.Actors.Wire;

namespace PushNet.Actors.Subscribers;

/// <summary>
/// The mailbox of a subscriber, with two lanes. Control messages are served first and never dropped; what is streamed
/// goes through a <see cref="DropHeadQueue"/>. Configured by <c>pushnet.subscriber-mailbox</c> in HOCON.
/// </summary>
public sealed class DropHeadMailbox : MailboxType, IProducesMessageQueue<DropHeadMailbox.TwoLaneQueue>
{
    /// <summary>The mailbox's id: its path in HOCON.</summary>
    public const string Id = "pushnet.subscriber-mailbox";

    private readonly int _capacity;

    /// <summary>Called by Akka.</summary>
    /// <param name="settings">The actor system's settings.</param>
    /// <param name="config">The section of <see cref="Id"/>; its <c>capacity</c> is in events, at least 1.</param>
    /// <exception cref="ConfigurationException">The capacity is below 1.</exception>
    public DropHeadMailbox(Settings settings, Config config)
        : base(settings, config)
    {
        _capacity = config.GetInt("capacity");
        if (_capacity < 1)
        {
            throw new ConfigurationException($"{Id}.capacity is {_capacity}; it must be at least 1 event");
        }
    }

    /// <inheritdoc />
    public override IMessageQueue Create(IActorRef? owner, ActorSystem? system) =>
        new TwoLaneQueue(_capacity, system is null ? new DropTally() : PushMetrics.Of(system).SubscriberDrops);

    /// <summary>The queue of a subscriber, without asking the actor, which may be in the middle of a write.</summary>
    /// <param name="subscriber">A subscriber.</param>
    /// <returns>Null for anybody else.</returns>
    internal static TwoLaneQueue? QueueOf(IActorRef? subscriber) =>
        subscriber is ActorRefWithCell { Underlying: ActorCell { Mailbox.MessageQueue: TwoLaneQueue queue } } ? queue : null;

    /// <summary>The two lanes of one subscriber. Enqueued to by many threads, dequeued by one.</summary>
    public sealed class TwoLaneQueue(int capacity, DropTally drops) : IMessageQueue, IUnboundedMessageQueueSemantics
    {
        // Also serves as the lock: a separate lock would be one more object to fetch for every subscriber and batch.
        private readonly DropHeadQueue _events = new(capacity);
        private Queue<Envelope>? _control;
        private bool _busy;

        /// <inheritdoc />
        public bool HasMessages
        {
            get
            {
                lock (_events)
                {
                    return !_events.IsEmpty || _control is { Count: > 0 };
                }
            }
        }

        /// <inheritdoc />
        public int Count
        {
            get
            {
                lock (_events)
                {
                    return _events.ItemCount + (_control?.Count ?? 0);
                }
            }
        }

        /// <summary>The events that wait, and those that were dropped since the subscriber joined.</summary>
        public QueueReading Reading
        {
            get
            {
                lock (_events)
                {
                    return new QueueReading(_events.EventCount, _events.DroppedTotal);
                }
            }
        }

        /// <summary>Brings it into the processor's caches. What it answers may be out of date at once and means nothing.</summary>
        // If it were inlined, its reads would be left out where nobody uses the answer.
        [MethodImpl(MethodImplOptions.NoInlining)]
        internal bool Fetch() => _busy | _events.IsEmpty;

        /// <inheritdoc />
        public void Enqueue(IActorRef receiver, Envelope envelope)
        {
            lock (_events)
            {
                switch (envelope.Message)
                {
                    case FrameBatch batch:
                        // Whoever is busy with an earlier write, or has more waiting, is behind, and nobody waits for it.
                        var counted = !_busy && _events.IsEmpty;
                        if (_events.Enqueue(batch, counted) is var dropped && dropped != default)
                        {
                            drops.Add(dropped.Prices, dropped.States);
                        }

                        if (!counted)
                        {
                            batch.Progress.Release();
                        }

                        break;
                    case IStreamMark mark:
                        _events.Enqueue(mark);
                        break;
                    default:
                        (_control ??= new Queue<Envelope>(1)).Enqueue(envelope);
                        break;
                }
            }
        }

        /// <inheritdoc />
        public bool TryDequeue(out Envelope envelope)
        {
            lock (_events)
            {
                if (_control is not null && _control.TryDequeue(out envelope))
                {
                    return _busy = true;
                }

                var next = _events.TryDequeue();
                envelope = next is null ? default : new Envelope(next, ActorRefs.NoSender);
                return _busy = next is not null;
            }
        }

        /// <summary>
        /// The events of a subscriber that is gone are worth nothing to anybody. Control messages become dead letters, as usual in Akka.
        /// </summary>
        public void CleanUp(IActorRef owner, IMessageQueue deadletters)
        {
            lock (_events)
            {
                _events.Clear();
                while (_control is not null && _control.TryDequeue(out var envelope))
                {
                    deadletters.Enqueue(owner, envelope);
                }
            }
        }
    }
}
