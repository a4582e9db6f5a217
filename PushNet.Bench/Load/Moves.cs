namespace PushNet.Bench.Load;

/// <summary>
/// Which outcome moves next, and to which price. Each price walks at random in steps, so that it moves every time and may come
/// back. The sequence is the same for every run.
/// </summary>
internal sealed class Moves
{
    private const int Seed = 20221218;
    private const int Step = 5;
    private const int Middle = 100_000;

    private readonly Random _random = new(Seed);
    private readonly double[] _shares;
    private readonly int[] _prices;

    /// <summary>Outcomes that have not moved yet.</summary>
    /// <param name="outcomes">How many.</param>
    /// <param name="skew">0: all move alike; otherwise the k-th moves 1 / k^skew as often as the first (Zipf's law).</param>
    public Moves(int outcomes, double skew)
    {
        _prices = Enumerable.Repeat(Middle, outcomes).ToArray();
        _shares = new double[outcomes];
        var sum = 0.0;
        for (var outcome = 0; outcome < outcomes; outcome++)
        {
            _shares[outcome] = sum += Math.Pow(outcome + 1, -skew);
        }
    }

    /// <summary>The next move.</summary>
    public (int Outcome, int Price) Next()
    {
        var found = Array.BinarySearch(_shares, _random.NextDouble() * _shares[^1]);
        var outcome = Math.Min(found < 0 ? ~found : found, _shares.Length - 1);
        _prices[outcome] += _random.Next(2) == 0 ? Step : -Step;
        return (outcome, _prices[outcome]);
    }
}
