using CsCheck;
using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Feed;

namespace PushNet.Tests.Feed;

public sealed class TimedPlayerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Lines_that_are_due_together_come_as_one_group()
    {
        await using var groups = Play(new TimedPlayer(_time), 0, 0, 0, 5).GetAsyncEnumerator();

        Assert.True(await groups.MoveNextAsync());
        Assert.Equal([1, 2, 3], groups.Current.Select(line => line.Number));
    }

    [Fact]
    public async Task A_line_waits_until_it_is_due()
    {
        await using var groups = Play(new TimedPlayer(_time), 0, 5).GetAsyncEnumerator();
        await groups.MoveNextAsync();

        var second = groups.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(second.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(await second.WaitAsync(Patience));
        Assert.Equal([2], groups.Current.Select(line => line.Number));
    }

    [Theory]
    [InlineData(2.0, 10)]
    [InlineData(0.5, 40)]
    public async Task Speed_divides_the_waiting(double speed, int seconds)
    {
        await using var groups = Play(new TimedPlayer(_time, speed), 20).GetAsyncEnumerator();

        var first = groups.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(seconds - 0.01));
        Assert.False(first.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(0.01));
        Assert.True(await first.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_wait_below_a_millisecond_is_no_busy_loop()
    {
        var time = new ImpatientTime();
        await using var groups = Play(new TimedPlayer(time), 0.0001).GetAsyncEnumerator();

        var first = groups.MoveNextAsync().AsTask();
        Assert.False(first.IsCompleted);

        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(await first.WaitAsync(Patience));
    }

    [Fact]
    public async Task Lines_out_of_order_are_played_at_once_when_reached()
    {
        await using var groups = Play(new TimedPlayer(_time), 3, 1, 2, 4).GetAsyncEnumerator();

        var first = groups.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.True(await first.WaitAsync(Patience));
        Assert.Equal([1, 2, 3], groups.Current.Select(line => line.Number));
    }

    [Fact]
    public async Task A_group_has_a_bound_and_nothing_is_lost_at_it()
    {
        var groups = await Play(new TimedPlayer(_time), new double[600]).ToListAsync();

        Assert.Equal([256, 256, 88], groups.Select(group => group.Count));
        Assert.Equal(
            Enumerable.Range(1, 600).Select(number => (long)number), groups.SelectMany(group => group).Select(line => line.Number));
    }

    [Fact]
    public async Task Whoever_reads_slowly_gets_what_is_overdue_without_waiting()
    {
        await using var groups = Play(new TimedPlayer(_time), 0, 1, 2, 3, 100).GetAsyncEnumerator();
        await groups.MoveNextAsync();

        _time.Advance(TimeSpan.FromSeconds(50));

        Assert.True(await groups.MoveNextAsync().AsTask().WaitAsync(Patience));
        Assert.Equal([2, 3, 4], groups.Current.Select(line => line.Number));
    }

    [Fact]
    public async Task A_silence_longer_than_a_timer_can_wait_is_waited_for()
    {
        using var stop = new CancellationTokenSource();
        await using var groups = Play(new TimedPlayer(_time, 1e-6), stop.Token, 1e6).GetAsyncEnumerator();

        var first = groups.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromDays(100));
        Assert.False(first.IsCompleted);

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Patience));
    }

    [Fact]
    public async Task Cancelling_ends_a_wait()
    {
        using var stop = new CancellationTokenSource();
        await using var groups = Play(new TimedPlayer(_time), stop.Token, 1000).GetAsyncEnumerator();

        var first = groups.MoveNextAsync().AsTask();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Patience));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_speed_that_is_no_speed_is_refused(double speed) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TimedPlayer(_time, speed));

    [Fact]
    public void Every_line_is_played_once_and_in_its_order() =>
        Gen.Double[0, 30].Array[0, 700].Sample(
            times =>
            {
                var time = new FakeTimeProvider();
                var played = Play(new TimedPlayer(time, 3), times).ToListAsync().AsTask();
                for (var second = 0; second <= 10; second++)
                {
                    time.Advance(TimeSpan.FromSeconds(1));
                    SpinWait.SpinUntil(() => played.IsCompleted, TimeSpan.FromMilliseconds(1));
                }

                Assert.True(played.Wait(Patience));
                Assert.Equal(Enumerable.Range(1, times.Length).Select(number => (long)number),
                    played.Result.SelectMany(group => group).Select(line => line.Number));
            },
            iter: 100);

    private static IAsyncEnumerable<IReadOnlyList<FeedLine>> Play(TimedPlayer player, params double[] seconds) =>
        Play(player, CancellationToken.None, seconds);

    private static IAsyncEnumerable<IReadOnlyList<FeedLine>> Play(
        TimedPlayer player, CancellationToken cancellation, params double[] seconds) =>
        player.PlayAsync(seconds.Select((at, index) => new TimedLine(index + 1, TimeSpan.FromSeconds(at), "{}"u8.ToArray())), cancellation);

    /// <summary>A clock that fails when it is read over and over.</summary>
    private sealed class ImpatientTime : FakeTimeProvider
    {
        private int _reads;

        public override long GetTimestamp() =>
            ++_reads < 100 ? base.GetTimestamp() : throw new InvalidOperationException("Stop asking.");
    }
}
