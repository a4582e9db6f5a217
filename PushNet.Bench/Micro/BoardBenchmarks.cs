using BenchmarkDotNet.Attributes;
using PushNet.Actors.Games;
using PushNet.Bench.Servers;

namespace PushNet.Bench.Micro;

/// <summary>What is done once per observation, on a board of 50 games with 400 outcomes each.</summary>
public class BoardBenchmarks
{
    private const int Games = 50;
    private const int OutcomesPerGame = 400;

    private readonly GameBoard _board = new(Baseline.Limits);
    private readonly Observation[] _prices = [Sample.Seen(-110m), Sample.Seen(-105m)];
    private int _next;

    /// <summary>Fills the board.</summary>
    [GlobalSetup]
    public void Fill()
    {
        _board.Apply(new GameObservation(Sample.Game), Sample.Now);
        for (var game = 1; game < Games; game++)
        {
            _board.Apply(new GameObservation(Sample.Game with { GameId = $"other-{game}", PnSlug = null }), Sample.Now);
        }

        for (var i = 0; i < OutcomesPerGame; i++)
        {
            _board.Apply(Sample.Seen(-110m) with { Key = Sample.Outcome with { Points = i } }, Sample.Now);
        }
    }

    /// <summary>A price that moves every time, so that every observation makes an event.</summary>
    [Benchmark]
    public ApplyResult ApplyMovingPrice() => _board.Apply(_prices[_next ^= 1], Sample.Now);

    /// <summary>The same as a group of its own, after which the board is published to readers.</summary>
    [Benchmark]
    public BoardView ApplyMovingPriceAndPublish()
    {
        _board.Apply(_prices[_next ^= 1], Sample.Now);
        return _board.View();
    }
}
