using CsCheck;
using PushNet.Actors.Channels.Groups;
using PushNet.Actors.Clock;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Channels.Groups;

public sealed class ConflationTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly FrameEncoder _encoder = new();
    private readonly Conflation _conflation;
    private readonly Dictionary<string, decimal?> _prices = [];
    private Moment _now = Given.Now;
    private long _seq;

    public ConflationTests() => _conflation = new Conflation(Interval, _encoder);

    [Fact]
    public void The_first_change_after_a_silence_waits_for_nothing_and_goes_out_as_it_is()
    {
        var change = Change("a", 110m);

        Assert.Equal(change, Assert.Single(Take()));
    }

    [Fact]
    public void Changes_within_the_interval_are_merged_into_the_newest_with_the_price_that_was_sent_before()
    {
        Change("a", 110m);
        Take();
        Change("a", 120m);
        Change("a", null);
        Change("a", 130m);

        Assert.Empty(Take());
        Assert.Equal(Interval, _conflation.TimeToWait(_now));
        Wait(Interval);

        var sent = Assert.Single(Take());
        var price = (PriceChange)sent.Event;
        Assert.Equal((110m, 130m, 4L), (price.OldPrice, price.NewPrice, price.Seq));
        Assert.Contains("\"old_price\":110,\"new_price\":130,", Frames.Text(sent.Frame));
        Assert.Null(_conflation.TimeToWait(_now));
    }

    [Fact]
    public void An_outcome_that_came_back_sends_nothing()
    {
        Change("a", 110m);
        Take();
        Change("a", 120m);
        Change("a", 110m);
        Wait(Interval);

        Assert.Empty(Take());
    }

    [Fact]
    public void An_outcome_that_came_back_is_sent_when_a_snapshot_showed_it_away()
    {
        Change("a", 110m);
        Take();
        Change("a", 120m);
        _conflation.SnapshotGiven();
        Change("a", 110m);
        Wait(Interval);

        var price = (PriceChange)Assert.Single(Take()).Event;
        Assert.Equal((110m, 110m, 3L), (price.OldPrice, price.NewPrice, price.Seq));
    }

    [Fact]
    public void A_round_that_does_not_fit_goes_on_later_and_the_next_begins_an_interval_after_its_end()
    {
        foreach (var outcome in new[] { "a", "b", "c" })
        {
            Change(outcome, 110m);
        }

        Assert.Equal([1L, 2L], Seqs(Take(maxEvents: 2)));
        Assert.Equal(TimeSpan.Zero, _conflation.TimeToWait(_now));
        Wait(TimeSpan.FromMilliseconds(100));
        Change("a", 120m);
        Change("c", 120m);

        Assert.Equal([5L], Seqs(Take()));
        Assert.Equal(Interval, _conflation.TimeToWait(_now));
        Wait(Interval);
        Assert.Equal([4L], Seqs(Take()));
    }

    [Fact]
    public void What_is_held_is_bounded_by_bytes_too_and_goes_at_once_when_it_is_the_last()
    {
        Change("a", 110m);
        Take();
        Change("a", 120m);
        Change("b", 120m);

        Assert.Equal([2L], Seqs(Take(maxBytes: 1, isLast: true)));
        Assert.Equal([3L], Seqs(Take(isLast: true)));
    }

    [Fact]
    public void A_main_line_that_changes_alone_is_sent_and_one_that_is_back_is_not()
    {
        Change("a", 110m);
        Take();
        Add(110m, 110m, was: false, isMain: true);
        Wait(Interval);
        var change = (PriceChange)Assert.Single(Take()).Event;
        Assert.Equal((110m, 110m, true), (change.OldPrice, change.NewPrice, change.IsMain));
        Wait(Interval);

        Add(110m, 120m, was: true, isMain: false);
        Add(120m, 110m, was: false, isMain: true);
        Assert.Empty(Take());

        Add(110m, 120m, was: true, isMain: false);
        Add(120m, 110m, was: false, isMain: false);
        Wait(Interval);
        Assert.Contains("\"old_price\":110,\"new_price\":110,\"points\":null,\"ts\"", Frames.Text(Assert.Single(Take()).Frame));

        void Add(decimal old, decimal now, bool was, bool isMain) => _conflation.Add(_encoder.Encode(
            new PriceChange(Given.Game(), new OutcomeKey("moneyline", "book", "a", null), old, now, Given.NowMs, ++_seq)
            {
                WasMain = was,
                IsMain = isMain,
            }));
    }

    [Fact]
    public void A_change_that_was_dropped_does_not_overtake_what_comes_before_it()
    {
        Change("a", 110m);
        Change("b", 110m);

        Assert.Equal([1L], Seqs(Take(next: 2)));
        Wait(Interval);

        Assert.Equal([2L], Seqs(Take(next: 3)));
    }

    [Fact]
    public void What_is_held_of_a_game_that_left_is_forgotten_unless_it_came_later()
    {
        Change("a", 110m);
        Change("b", 110m);
        Take();
        Change("a", 120m);
        Change("b", null);
        Change("b", 110m);

        _conflation.Forget(new RemovedGame(Given.Game(), Given.NowMs, 4));
        Wait(Interval);

        var price = (PriceChange)Assert.Single(Take()).Event;
        Assert.Equal((null, 110m, 5L), (price.OldPrice, price.NewPrice, price.Seq));
    }

    [Fact]
    public void However_it_is_fed_and_drained_each_outcome_comes_seldom_in_order_and_ends_right() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 3], Gen.Int[0, 200], Gen.Int[0, 4], Gen.Int[0, 12]).Array[1, 120].Sample(steps =>
        {
            var test = new ConflationTests();
            var sentAt = new Dictionary<string, Moment>();
            var sent = new Dictionary<string, PriceChange>();

            // Clients that were given a snapshot at any time: their prices, and the number up to which the snapshot has them.
            var clients = new List<(long Since, Dictionary<string, decimal?> Prices)> { (0, []) };
            foreach (var (outcome, price, ms, room, oddity) in steps)
            {
                test.Change($"o{outcome}", price == 0 ? null : 100m + price);
                test.Wait(TimeSpan.FromMilliseconds(ms));
                if (oddity == 0)
                {
                    test._conflation.SnapshotGiven();
                    clients.Add((test._seq, new Dictionary<string, decimal?>(test._prices)));
                }

                Receive(test.Take(room));
            }

            while (test._conflation.TimeToWait(test._now) is not null)
            {
                test.Wait(Interval);
                Receive(test.Take(3));
            }

            Assert.All(clients,
                client => Assert.All(test._prices, price => Assert.Equal(price.Value, client.Prices.GetValueOrDefault(price.Key))));

            void Receive(List<EncodedEvent> events)
            {
                foreach (var change in events.Select(one => (PriceChange)one.Event))
                {
                    var outcome = change.Key.Outcome;
                    if (sent.TryGetValue(outcome, out var last))
                    {
                        Assert.Equal(last.NewPrice, change.OldPrice);
                        Assert.True(change.Seq > last.Seq);
                        Assert.True(test._now - sentAt[outcome] >= Interval);
                    }

                    (sent[outcome], sentAt[outcome]) = (change, test._now);
                    foreach (var client in clients.Where(client => change.Seq > client.Since))
                    {
                        client.Prices[outcome] = change.NewPrice;
                    }
                }
            }
        });

    private EncodedEvent Change(string outcome, decimal? price)
    {
        var old = _prices.GetValueOrDefault(outcome);
        _prices[outcome] = price;
        var change = _encoder.Encode(
            new PriceChange(Given.Game(), new OutcomeKey("moneyline", "book", outcome, null), old, price, Given.NowMs, ++_seq));

        // The board makes no event for a price that stays the same.
        if (old != price)
        {
            _conflation.Add(change);
        }

        return change;
    }

    private void Wait(TimeSpan time) => _now += time;

    private List<EncodedEvent> Take(int maxEvents = 100, int maxBytes = 1_000_000, bool isLast = false, Place? next = null)
    {
        var taken = new List<EncodedEvent>();
        _conflation.Dequeue(taken, maxEvents, maxBytes, next ?? Place.End, _now, isLast);
        Assert.True(taken.Count <= maxEvents);
        return taken;
    }

    private static IEnumerable<long> Seqs(IEnumerable<EncodedEvent> events) => events.Select(one => one.Seq);
}
