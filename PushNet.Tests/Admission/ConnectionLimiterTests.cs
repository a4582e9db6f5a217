using Akka.Actor;
using CsCheck;
using PushNet.Actors.Admission;
using PushNet.Actors.Subscriptions;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Admission;

public sealed class ConnectionLimiterTests : ActorTest
{
    [Fact]
    public async Task Ids_count_from_one_and_the_cap_refuses_with_its_limit()
    {
        var limiter = Limiter(2);

        Assert.Equal(new SlotGranted(1), await Acquire(limiter));
        Assert.Equal(new SlotGranted(2), await Acquire(limiter));
        Assert.Equal(new SlotRefused(2, Closed: null), await Acquire(limiter));
    }

    [Fact]
    public async Task A_slot_given_back_twice_is_free_once()
    {
        var limiter = Limiter(2);
        await Acquire(limiter);
        await Acquire(limiter);

        limiter.Tell(new ReleaseSlot(1));
        limiter.Tell(new ReleaseSlot(1));
        limiter.Tell(new ReleaseSlot(99));

        Assert.Equal(new SlotUsage(1, 2), await Usage(limiter));
        Assert.Equal(new SlotGranted(3), await Acquire(limiter));
        Assert.IsType<SlotRefused>(await Acquire(limiter));
    }

    [Fact]
    public async Task Looking_takes_no_slot()
    {
        var limiter = Limiter(1);

        Assert.Equal(new SlotGranted(0), await limiter.Ask<SlotReply>(new AcquireSlot(PeekOnly: true)));
        Assert.Equal(new SlotGranted(1), await Acquire(limiter));
        Assert.IsType<SlotRefused>(await limiter.Ask<SlotReply>(new AcquireSlot(PeekOnly: true)));
    }

    [Fact]
    public async Task A_key_and_an_address_have_shares_of_their_own()
    {
        var limiter = Limiter(10);
        var (key, one, other) = (new SlotShare("key", 3), new SlotShare("one", 2), new SlotShare("other", 2));
        Task<SlotReply> Acquire(SlotShare? address, bool peek = false) => limiter.Ask<SlotReply>(new AcquireSlot(peek, key, address));
        Assert.Equal(new SlotGranted(1), await Acquire(one));
        Assert.Equal(new SlotGranted(2), await Acquire(one));

        Assert.Equal(new ShareRefused(one, 2), await Acquire(one));
        Assert.Equal(new ShareRefused(one, 2), await Acquire(one, peek: true));
        Assert.Equal(new SlotGranted(3), await Acquire(other));
        Assert.Equal(new ShareRefused(key, 3), await Acquire(other));
        Assert.Equal(new ShareRefused(key, 3), await Acquire(null));
        Assert.Equal(new SlotGranted(4), await ConnectionLimiterTests.Acquire(limiter));

        limiter.Tell(new ReleaseSlot(1));
        limiter.Tell(new ReleaseSlot(1));
        Assert.Equal(new SlotGranted(5), await Acquire(one));
        Assert.Equal(new ShareRefused(key, 3), await Acquire(other));
    }

    [Fact]
    public async Task A_share_that_is_used_up_is_told_before_a_full_server()
    {
        var limiter = Limiter(1);
        var share = new SlotShare("key", 1);
        await limiter.Ask<SlotReply>(new AcquireSlot(Key: share));

        Assert.Equal(new ShareRefused(share, 1), await limiter.Ask<SlotReply>(new AcquireSlot(Key: share)));
        Assert.Equal(new SlotRefused(1, Closed: null), await limiter.Ask<SlotReply>(new AcquireSlot(Key: new SlotShare("another", 1))));
    }

    [Fact]
    public void Shares_that_nobody_holds_are_forgotten() => Gen.Int[0, 3].Array[0, 60].Sample(owners =>
    {
        var uses = new UseCounts<int>();
        Assert.All(owners, uses.Take);
        Assert.All(owners, owner => Assert.Equal(owners.Count(owner.Equals), uses.Of(owner)));
        Assert.All(owners, uses.GiveBack);
        Assert.Equal(0, uses.Count);
    });

    [Fact]
    public async Task A_server_that_admits_nobody_says_why_until_it_admits_again()
    {
        var limiter = Limiter(5);
        await Acquire(limiter);

        limiter.Tell(new StopAdmitting("the server is stopping"));

        Assert.Equal(new SlotRefused(5, Closed: "the server is stopping"), await Acquire(limiter));
        Assert.Equal(new SlotRefused(5, Closed: "the server is stopping"), await limiter.Ask<SlotReply>(new AcquireSlot(PeekOnly: true)));
        Assert.Equal(1, (await Usage(limiter)).InUse);

        limiter.Tell(new AdmitAgain());

        Assert.Equal(new SlotGranted(2), await Acquire(limiter));
    }

    [Fact]
    public async Task A_message_that_fails_loses_no_slot()
    {
        var limiter = Limiter(2);
        await Acquire(limiter);

        limiter.Tell(Kill.Instance);

        Assert.Equal(new SlotGranted(2), await Acquire(limiter));
        Assert.Equal(2, (await Usage(limiter)).InUse);
    }

    [Fact]
    public void A_limit_below_one_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new ConnectionLimiter(0));

    [Fact]
    public async Task Twenty_thousand_racing_askers_never_get_more_than_the_cap_and_leak_nothing()
    {
        const int cap = 50;
        var limiter = Limiter(cap);
        var (most, granted, refused, gaveUp) = (0, 0, 0, 0);

        await Parallel.ForAsync(0, 20_000, new ParallelOptions { MaxDegreeOfParallelism = 200 }, async (i, cancellation) =>
        {
            using var patience = new CancellationTokenSource();
            if (i % 5 == 0)
            {
                // Gives up before, while, or after the answer comes.
                _ = Task.Run(() => Cancel(patience), cancellation);
            }

            try
            {
                if (await Place.AcquireAsync(limiter, new AcquireSlot(), patience.Token) is not SlotGranted slot)
                {
                    Interlocked.Increment(ref refused);
                    return;
                }

                Interlocked.Increment(ref granted);
                Max(ref most, (await Usage(limiter)).InUse);
                var place = PlaceOf(limiter, slot.ConnectionId);
                place.Dispose();
                if (i % 3 == 0)
                {
                    place.Dispose();
                }
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref gaveUp);
            }
        });

        Assert.Equal(20_000, granted + refused + gaveUp);
        Assert.True(refused > 0, "the askers never filled the cap");
        Assert.InRange(most, 1, cap);
        await AwaitAssertAsync(async () => Assert.Equal(0, (await Usage(limiter)).InUse));
    }

    [Fact]
    public async Task A_slot_granted_to_who_gave_up_is_given_back()
    {
        var probe = CreateTestProbe();
        using var patience = new CancellationTokenSource();
        var asked = Place.AcquireAsync(probe, new AcquireSlot(), patience.Token);
        await probe.ExpectMsgAsync<AcquireSlot>();

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        probe.Reply(new SlotGranted(17));

        Assert.Equal(new ReleaseSlot(17), await probe.ExpectMsgAsync<ReleaseSlot>());
    }

    [Fact]
    public async Task A_place_gives_its_slot_and_its_filter_back_once_whoever_lets_go_of_it()
    {
        var probe = CreateTestProbe();
        var use = new CountedUse();
        var place = PlaceOf(probe, 17, use);

        Parallel.For(0, 100, _ => place.Dispose());
        PlaceOf(probe, 18).Dispose();

        Assert.Equal(new ReleaseSlot(17), await probe.ExpectMsgAsync<ReleaseSlot>());
        Assert.Equal(new ReleaseSlot(18), await probe.ExpectMsgAsync<ReleaseSlot>());
        Assert.Equal(1, use.Disposals);
    }

    private static Place PlaceOf(IActorRef limiter, long connectionId, IDisposable? filter = null) =>
        new(limiter, connectionId, Subscription.Everything, filter);

    private static void Cancel(CancellationTokenSource patience)
    {
        try
        {
            patience.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The answer was faster.
        }
    }

    private static void Max(ref int most, int value)
    {
        for (var seen = most; value > seen && Interlocked.CompareExchange(ref most, value, seen) != seen; seen = most)
        {
        }
    }

    private static Task<SlotReply> Acquire(IActorRef limiter) => limiter.Ask<SlotReply>(new AcquireSlot());

    private static Task<SlotUsage> Usage(IActorRef limiter) => limiter.Ask<SlotUsage>(new GetSlotUsage());

    private IActorRef Limiter(int limit) => Sys.ActorOf(Props.Create(() => new ConnectionLimiter(limit)), ConnectionLimiter.Name);

    private sealed class CountedUse : IDisposable
    {
        private int _disposals;

        public int Disposals => _disposals;

        public void Dispose() => Interlocked.Increment(ref _disposals);
    }
}
