using PushNet.Actors.Feed.Health;
using PushNet.Actors.State;

namespace PushNet.Tests.Feed.Health;

public sealed class SourceHealthTests
{
    private readonly SettableTime _time = new();

    [Fact]
    public void A_source_is_stale_once_it_was_silent_for_longer_than_it_may_be()
    {
        var source = Source(TimeSpan.FromMinutes(1));
        Assert.Equal((SourceState.Waiting, null), (source.Report().State, source.Report().LastObservation));

        source.Arrived(1);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((SourceState.Running, null), (source.Report().State, source.Report().Problem));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((SourceState.Stale, "test has sent nothing for 61 s"), (source.Report().State, source.Report().Problem));

        source.Arrived(1);
        Assert.Equal((SourceState.Running, _time.GetUtcNow()), (source.Report().State, source.Report().LastObservation));
    }

    [Fact]
    public void A_source_that_never_sent_is_stale_too_and_being_connected_does_not_help()
    {
        var source = Source(TimeSpan.FromMinutes(1));
        _time.Advance(TimeSpan.FromMinutes(2));
        source.Works();
        Assert.Equal(SourceState.Stale, source.Report().State);
    }

    [Fact]
    public void A_wall_clock_that_is_set_back_hides_no_silence_and_stops_no_rate()
    {
        var source = Source(TimeSpan.FromMinutes(1));
        source.Arrived(1);
        _time.SetBy = TimeSpan.FromHours(-1);
        source.Arrived(10);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(1.1, source.Report().Rate);

        _time.Advance(TimeSpan.FromSeconds(56));
        Assert.Equal((SourceState.Stale, TimeSpan.FromSeconds(61)), (source.Report().State, source.Report().Age));
    }

    [Fact]
    public void Without_a_limit_and_after_its_end_a_source_is_never_stale()
    {
        var (patient, ended) = (Source(TimeSpan.Zero), Source(TimeSpan.FromSeconds(1)));
        patient.Arrived(1);
        ended.Ended();
        _time.Advance(TimeSpan.FromDays(9));
        Assert.Equal((SourceState.Running, SourceState.Ended), (patient.Report().State, ended.Report().State));
    }

    [Fact]
    public void A_source_fails_until_it_works_again_and_tells_everybody_no_more_than_that()
    {
        var source = Source(TimeSpan.FromMinutes(1));
        source.Failed("no route to secret.example");
        Assert.Equal((SourceState.Failing, 1, "no route to secret.example"),
            (source.Report().State, source.Report().Failures, source.Report().Error));
        Assert.DoesNotContain("secret", source.Report().Problem);

        source.Works();
        Assert.Equal((SourceState.Running, 1, null, null),
            (source.Report().State, source.Report().Failures, source.Report().Error, source.Report().Problem));
    }

    [Fact]
    public void Counts_add_up_and_the_lag_is_the_last_one_told()
    {
        var source = Source(TimeSpan.Zero);
        source.Settled(new ObservationCounts(1, 2, 3, 4));
        source.Settled(new ObservationCounts(1, 1, 1, 1));
        Assert.Null(source.Report().Lag);
        source.LagsBy(7);
        Assert.Equal((new ObservationCounts(2, 3, 4, 5), 7L), (source.Report().Counts, source.Report().Lag));
    }

    private SourceHealth Source(TimeSpan staleAfter) => new("test", "nats", staleAfter, _time);
}
