using BenchmarkDotNet.Attributes;
using PushNet.Actors.Feed;
using PushNet.Actors.Games;

namespace PushNet.Bench.Micro;

/// <summary>What is done once per observation.</summary>
public class BoardBenchmarks
{
    private readonly GameBoard _board = new(new BoardLimits());
    private readonly Observation[] _prices = [Sample.Seen(-110m), Sample.Seen(-105m)];
    private int _next;

    /// <summary>Puts the game on the board.</summary>
    [GlobalSetup]
    public void AddGame() => _board.Apply(new GameObservation(Sample.Game), Sample.Now);

    /// <summary>A price that moves every time, so that every observation makes an event.</summary>
    [Benchmark]
    public ApplyResult ApplyMovingPrice() => _board.Apply(_prices[_next ^= 1], Sample.Now);
}
