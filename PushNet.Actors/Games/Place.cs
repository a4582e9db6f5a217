namespace PushNet.Actors.Games;

/// <summary>A place in the stream of a server process. It tells apart the asides that have the same <c>seq</c>.</summary>
/// <param name="Seq">The number of the newest event.</param>
/// <param name="Asides">How many asides stand behind it.</param>
public readonly record struct Place(long Seq, int Asides = 0) : IComparable<Place>
{
    /// <summary>Behind everything.</summary>
    public static readonly Place End = new(long.MaxValue);

    /// <summary>The place of the event that has a number.</summary>
    public static implicit operator Place(long seq) => new(seq);

    /// <summary>True when one stands behind the other.</summary>
    public static bool operator >(Place one, Place other) =>
        one.Seq > other.Seq || (one.Seq == other.Seq && one.Asides > other.Asides);

    /// <summary>True when one stands before the other.</summary>
    public static bool operator <(Place one, Place other) => other > one;

    /// <summary>True when one does not stand before the other.</summary>
    public static bool operator >=(Place one, Place other) => !(one < other);

    /// <summary>True when one does not stand behind the other.</summary>
    public static bool operator <=(Place one, Place other) => !(one > other);

    /// <summary>The one that stands behind the other.</summary>
    public static Place Later(Place one, Place other) => one > other ? one : other;

    /// <inheritdoc />
    public int CompareTo(Place other) => this > other ? 1 : this < other ? -1 : 0;
}
