using PushNet.Actors.Feed.Health;

namespace PushNet.Tests.Feed.Health;

public sealed class SourceRegistryTests
{
    private readonly SettableTime _time = new();

    [Fact]
    public void Keys_are_stale_since_the_first_fell_silent_and_stay_so_while_another_sends()
    {
        var sources = new SourceRegistry(_time);
        var (silent, sending) = (Key("a"), Key("b"));
        var since = _time.GetUtcNow().ToUnixTimeMilliseconds();
        silent.Arrived(1);
        for (var second = 0; second < 30; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            sending.Arrived(1);
            Assert.Equal(second < 10 ? [] : [new("http", "stale", since)], sources.Stale);
        }

        silent.Arrived(1);
        Assert.Empty(sources.Stale);

        SourceHealth Key(string name) => sources.Of($"http:{name}", SourceReport.OfKeys, TimeSpan.FromSeconds(10));
    }
}
