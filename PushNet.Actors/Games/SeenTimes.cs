namespace PushNet.Actors.Games;

/// <summary>
/// The marks of a game and its outcomes as they are now. They move with every observation, even with one that changes nothing, so they
/// are not part of a <see cref="BoardView"/>. The board writes; any thread may read.
/// </summary>
public sealed class SeenTimes
{
    // One more than the time, so that 0 means none.
    private long _game;
    private long[] _outcomes = [];

    /// <summary>The mark of the game, epoch milliseconds; null when it has none.</summary>
    public long? Game => TimeIn(ref _game);

    /// <summary>The mark of an outcome, epoch milliseconds; null when it has none.</summary>
    /// <param name="slot">Its place among the outcomes of the game.</param>
    public long? Outcome(int slot)
    {
        var outcomes = Volatile.Read(ref _outcomes);
        return slot < outcomes.Length ? TimeIn(ref outcomes[slot]) : null;
    }

    internal void Set(Mark game) => Volatile.Write(ref _game, game.Ts + 1 ?? 0);

    internal void Set(int slot, Mark outcome)
    {
        if (slot >= _outcomes.Length)
        {
            var larger = new long[Math.Max(4, 2 * slot)];
            _outcomes.CopyTo(larger, 0);
            Volatile.Write(ref _outcomes, larger);
        }

        Volatile.Write(ref _outcomes[slot], outcome.Ts + 1 ?? 0);
    }

    private static long? TimeIn(ref long place) => Volatile.Read(ref place) is > 0 and var one ? one - 1 : null;
}
