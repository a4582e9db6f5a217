using CsCheck;
using PushNet.Actors.Games;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Subscribers;

/// <summary>The queue against a model that is too simple to be wrong: a list of events.</summary>
public sealed class DropHeadQueueProperties
{
    private enum Act
    {
        Batch,
        Take,
        Group,
        Healing,
    }

    private static readonly Gen<Act> Acts = Gen.Frequency(
        (10, Gen.Const(Act.Batch)), (5, Gen.Const(Act.Take)), (1, Gen.Const(Act.Group)), (1, Gen.Const(Act.Healing)));

    private static readonly Gen<(Act What, EventKind[] Kinds, bool Counted)> Steps =
        Gen.Select(Acts, Gen.Frequency((3, Gen.Const(EventKind.PriceChange)), (1, Gen.Enum<EventKind>())).Array[1, 128], Gen.Bool);

    [Fact]
    public void Bounded_and_nothing_is_lost_without_being_counted() =>
        Gen.Select(Gen.Int[2, 20], Gen.Int[0, 3], Steps.Array[1, 60], Gen.Bool).Sample(
            (capacity, stateOnly, steps, clearAtEnd) =>
            {
                var run = new Run(capacity);
                foreach (var (what, kinds, counted) in steps)
                {
                    var few = kinds.Take(Math.Max(1, kinds.Length % (capacity / 2 + 1)));
                    run.Do(what, [.. stateOnly == 0 ? few.Select(_ => EventKind.ScoreChange) : few], counted);
                }

                run.Finish(clearAtEnd);
            },
            iter: 5_000);

    private sealed class Run(int capacity)
    {
        private readonly DropHeadQueue _queue = new(capacity);
        private readonly List<object> _model = [];
        private readonly List<EncodedEvent> _modelDropped = [];
        private readonly List<Watched> _batches = [];
        private long _seq;
        private long _delivered;
        private long _told;

        public void Do(Act what, EventKind[] kinds, bool counted)
        {
            switch (what)
            {
                case Act.Batch:
                    Add(kinds, counted);
                    break;
                case Act.Take:
                    Take();
                    break;
                case Act.Group:
                    Mark(new GroupLagged(default, DropCounts.None));
                    break;
                case Act.Healing:
                    _model.RemoveAll(item => item is HealingSnapshot);
                    Mark(new HealingSnapshot(Given.Held(), _seq));
                    break;
            }

            Assert.Equal(_model.OfType<EncodedEvent>().Count(), _queue.EventCount);
            Assert.True(_queue.EventCount <= capacity);
            Assert.Equal(_seq, _delivered + _queue.EventCount + _told + _modelDropped.Count);
        }

        public void Finish(bool clear)
        {
            if (clear)
            {
                _queue.Clear();
            }
            else
            {
                while (Take())
                {
                }

                Assert.Empty(_model);
                Assert.Equal(_seq, _delivered + _told);
            }

            Assert.True(_queue.IsEmpty);
            Assert.All(_batches, batch => batch.AssertReleases());
        }

        private void Add(EventKind[] kinds, bool counted)
        {
            EncodedEvent[] events = [.. kinds.Select(kind => Given.Event(++_seq, kind))];
            var watched = new Watched(events, counted);
            _batches.Add(watched);
            _queue.Enqueue(watched.Batch, counted);

            _model.AddRange(events);
            while (_model.OfType<EncodedEvent>().Count() > capacity)
            {
                var victim = _model.OfType<EncodedEvent>().FirstOrDefault(one => !one.Kind.IsState())
                    ?? _model.OfType<EncodedEvent>().First();
                _model.Remove(victim);
                _modelDropped.Add(victim);
            }
        }

        private void Mark(IStreamMark mark)
        {
            _queue.Enqueue(mark);
            _model.Add(mark);
        }

        private bool Take()
        {
            var item = _queue.TryDequeue();
            Assert.Equal(_modelDropped.Count > 0, item is Lagged);
            switch (item)
            {
                case null:
                    Assert.Empty(_model);
                    return false;
                case Lagged { Dropped: var dropped }:
                    Assert.All(
                        Enum.GetValues<EventKind>(), kind => Assert.Equal(_modelDropped.Count(one => one.Kind == kind), dropped[kind]));
                    Assert.Equal(_modelDropped.Max(one => one.Seq), dropped.NewestSeq);
                    Assert.Equal(_modelDropped.Where(one => one.Kind.IsState()).Select(one => one.Seq).DefaultIfEmpty(0).Max(),
                        dropped.NewestState.Seq);
                    _told += dropped.Total;
                    _modelDropped.Clear();
                    return true;
                case IStreamMark mark:
                    Assert.Same(_model[0], mark);
                    _model.RemoveAt(0);
                    return true;
                default:
                    TakeEvents(item);
                    return true;
            }
        }

        private void TakeEvents(object item)
        {
            var whole = item as FrameBatch ?? (item as LateBatch)?.Batch;
            var events = whole?.Events ?? Assert.IsType<EventRun>(item).Events;
            Assert.Equal(_model.Take(events.Count), events);
            _model.RemoveRange(0, events.Count);
            _delivered += events.Count;
            if (item is FrameBatch counted)
            {
                // The subscriber's part: it wrote the batch.
                counted.Progress.Release();
            }
        }
    }

    /// <summary>A batch that knows whether it was released exactly as often as it was counted.</summary>
    private sealed class Watched
    {
        private readonly bool _counted;
        private int _drained;

        public Watched(EncodedEvent[] events, bool counted)
        {
            _counted = counted;
            Batch = Given.Batch(new FanOutProgress(counted ? 2 : 1, () => _drained++), events);
        }

        public FrameBatch Batch { get; }

        public void AssertReleases()
        {
            Assert.Equal(0, _drained);
            Batch.Progress.Release();
            Assert.True(_drained == 1, $"a batch that was{(_counted ? "" : " not")} counted was not released exactly once");
        }
    }
}
