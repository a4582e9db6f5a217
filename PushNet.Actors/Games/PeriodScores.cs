namespace PushNet.Actors.Games;

/// <summary>The score of one quarter, half, inning, set or shoot-out.</summary>
/// <param name="Name">As people write it: <c>1</c>, <c>OT</c>, <c>SO</c>.</param>
/// <param name="Home">Points of the home side in it; null when they are not known.</param>
/// <param name="Away">Points of the visitors in it; null when they are not known.</param>
public readonly record struct PeriodScore(string Name, int? Home, int? Away);

/// <summary>The scores of a game by period, in the order in which they are played. Immutable; equal when all of them are equal.</summary>
/// <param name="All">At least one, at most <see cref="Max"/>.</param>
public sealed record PeriodScores(IReadOnlyList<PeriodScore> All)
{
    /// <summary>The most periods that a game can have.</summary>
    public const int Max = 40;

    /// <inheritdoc />
    public bool Equals(PeriodScores? other) => other is not null && (ReferenceEquals(this, other) || All.SequenceEqual(other.All));

    /// <inheritdoc />
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var period in All)
        {
            hash.Add(period);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc />
    public override string ToString() => string.Join(' ', All.Select(one => $"{one.Name} {one.Home}-{one.Away}"));
}
