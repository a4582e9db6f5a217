using PushNet.Actors.Wire;

namespace PushNet.Actors.Telemetry;

/// <summary>What a flush handed to subscribers, counted per batch.</summary>
/// <param name="Batches">Batches, one of each group of subscribers that had something.</param>
/// <param name="Deliveries">Their events times the subscribers of their group.</param>
/// <param name="Bytes">Their bytes times the subscribers of their group.</param>
internal readonly record struct FlushCounts(int Batches, long Deliveries, long Bytes)
{
    /// <summary>These and one batch more.</summary>
    public FlushCounts Plus(FrameBatch batch, int subscribers) =>
        new(Batches + 1, Deliveries + ((long)batch.Events.Count * subscribers), Bytes + ((long)batch.Bytes.Length * subscribers));
}
