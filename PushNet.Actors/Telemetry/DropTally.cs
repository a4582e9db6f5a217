namespace PushNet.Actors.Telemetry;

/// <summary>What the queues of all subscribers of an actor system dropped. Counted when something is, from any thread.</summary>
public sealed class DropTally
{
    private long _prices;
    private long _states;

    /// <summary>Price changes.</summary>
    public long Prices => Interlocked.Read(ref _prices);

    /// <summary>State events.</summary>
    public long States => Interlocked.Read(ref _states);

    internal void Add(int prices, int states)
    {
        Interlocked.Add(ref _prices, prices);
        if (states > 0)
        {
            Interlocked.Add(ref _states, states);
        }
    }
}
