using PushNet.Actors.Wire;

namespace PushNet.Actors.Telemetry;

/// <summary>What a flush handed to subscribers, counted per batch.</summary>
/// <param name="Batches">Batches: one for each group of subscribers that had something to send.</param>
/// <param name="Deliveries">Their events times the subscribers of their group.</param>
/// <param name="Bytes">Their bytes times the subscribers of their group.</param>
internal readonly record struct FlushCounts(int Batches, long Deliveries, long Bytes)
{
    /// <summary>These counts and one more batch.</summary>
    /// <param name="batch">The batch, handed to all.</param>
    /// <param name="subscribers">How many were handed it.</param>
    /// <param name="sharing">How many of them take its compressed form, unless they had to refuse it.</param>
    public FlushCounts Plus(FrameBatch batch, int subscribers, int sharing)
    {
        var compressed = batch.Compressed is { } form ? Math.Max(0, sharing - form.Refused) : 0;
        var bytes = ((long)batch.Bytes.Length * (subscribers - compressed)) + ((batch.Compressed?.Bytes.Length ?? 0L) * compressed);
        return new FlushCounts(Batches + 1, Deliveries + ((long)batch.Events.Count * subscribers), Bytes + bytes);
    }
}
