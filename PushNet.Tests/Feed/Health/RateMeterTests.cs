using CsCheck;
using PushNet.Actors.Feed.Health;

namespace PushNet.Tests.Feed.Health;

public sealed class RateMeterTests
{
    [Fact]
    public void The_rate_is_the_mean_of_the_ten_seconds_before() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[1, 100]).Array[0, 60].Sample(steps =>
        {
            var (meter, counted, second) = (new RateMeter(), new List<(long Second, int Count)>(), 1_767_000_000L);
            foreach (var (pause, count) in steps)
            {
                second += pause * pause;
                meter.Add(second, count);
                counted.Add((second, count));

                var expected = counted.Where(one => one.Second < second && one.Second >= second - 10).Sum(one => one.Count) / 10.0;
                Assert.Equal(expected, meter.PerSecond(second));
            }

            Assert.Equal(0, meter.PerSecond(second + 1000));
        });
}
