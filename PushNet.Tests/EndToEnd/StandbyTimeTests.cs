using Xunit.Abstractions;

namespace PushNet.Tests.EndToEnd;

/// <summary>How soon a standby answers.</summary>
[Collection(Alone.Name)]
public sealed class StandbyTimeTests(ITestOutputHelper output)
{
    private static readonly int Kills = Fuzz.Fuzz.Of(20, 1);

    // The database notices a killed process at once. What takes time is to ask it, twice a second, and to read the board.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    [FactWithFile(PostgresServer.Package)]
    public async Task A_standby_answers_soon_after_a_kill_and_nothing_acknowledged_is_lost()
    {
        await using var postgres = await PostgresServer.StartAsync();
        using var series = new KillSeries(postgres);

        var proven = await series.RunAsync(Kills);

        output.WriteLine($"{proven} found, answers after s: {string.Join(", ", series.Gaps.Select(gap => $"{gap.TotalSeconds:0.00}"))}");
        Assert.True(proven > Kills, "hardly anything was acknowledged");
        Assert.Equal(Kills, series.Gaps.Count);
        Assert.All(series.Gaps, gap => Assert.True(gap < Longest, $"took {gap}"));
    }
}
