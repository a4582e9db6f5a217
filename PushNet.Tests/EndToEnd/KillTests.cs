using System.Globalization;

namespace PushNet.Tests.EndToEnd;

/// <summary>What was acknowledged survives SIGKILL at any moment.</summary>
public class KillTests
{
    private static readonly int Rounds = int.Parse(
        Environment.GetEnvironmentVariable("PUSHNET_KILLS") ?? "8", CultureInfo.InvariantCulture);

    [Fact]
    public async Task Every_acknowledged_observation_is_there_after_SIGKILL()
    {
        // A starting server keeps one core busy, so two series run side by side.
        using var one = new KillSeries();
        using var other = new KillSeries();

        var proven = await Task.WhenAll(one.RunAsync(Rounds / 2), other.RunAsync(Rounds - (Rounds / 2)));

        Assert.True(proven.Min() > Rounds, "hardly anything was acknowledged");
    }

    [Fact]
    public async Task Nothing_of_the_demo_comes_to_the_disk()
    {
        using var series = new KillSeries();

        await series.KillDemoAsync();

        Assert.Equal(0, await series.GamesAsync());
    }
}
