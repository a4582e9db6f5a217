using BenchmarkDotNet.Attributes;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Bench.Micro;

/// <summary>What is done once per event, and once per batch.</summary>
public class WireBenchmarks
{
    private readonly FrameEncoder _encoder = new();
    private readonly FanOutProgress _progress = new(int.MaxValue, () => { });
    private readonly GameEvent _price = Sample.Price();
    private readonly GameEvent _score = Sample.Score();
    private readonly EncodedEvent[] _few = Sample.Events(16);
    private readonly EncodedEvent[] _many = Sample.Events(128);

    /// <summary>A price event becomes a frame.</summary>
    [Benchmark]
    public EncodedEvent EncodePrice() => _encoder.Encode(_price);

    /// <summary>A score event becomes a frame.</summary>
    [Benchmark]
    public EncodedEvent EncodeScore() => _encoder.Encode(_score);

    /// <summary>A small batch.</summary>
    [Benchmark]
    public FrameBatch Join16() => FrameBatch.Join(_few, _progress);

    /// <summary>A large batch.</summary>
    [Benchmark]
    public FrameBatch Join128() => FrameBatch.Join(_many, _progress);
}
