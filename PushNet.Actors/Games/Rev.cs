namespace PushNet.Actors.Games;

/// <summary>
/// The number of an observation among those with the same <c>ts</c> (docs/feeding.md#order). Numbers are compared within one numbering
/// only: that of sources, or that of one stream of a broker.
/// </summary>
/// <param name="Number">The number.</param>
/// <param name="Numbering">The numbering; 0 when there is no number.</param>
public readonly record struct Rev(long Number, long Numbering)
{
    /// <summary>No number.</summary>
    public static readonly Rev None;

    // The numbering of sources.
    private const long Own = 1;

    /// <summary>True when there is a number.</summary>
    public bool IsThere => Numbering != 0;

    /// <summary>True when its source gave it.</summary>
    public bool IsOwn => Numbering == Own;

    /// <summary>A number that its source gave.</summary>
    public static Rev OfSource(long number) => new(number, Own);

    /// <summary>The sequence of a message in a stream.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="stream">Any number that tells the stream from others.</param>
    public static Rev OfStream(long sequence, long stream) => new(sequence, stream is 0 or Own ? Own + 1 : stream);

    /// <summary>True when both are there and belong to one numbering, and this one is smaller.</summary>
    public bool IsBefore(Rev other) => IsThere && Numbering == other.Numbering && Number < other.Number;
}
