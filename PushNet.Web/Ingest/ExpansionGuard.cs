namespace PushNet.Web.Ingest;

/// <summary>
/// Watches how much a compressed body grows. Observations shrink to between a tenth and a fiftieth. A body that grows far more was made
/// to keep the server busy with next to nothing sent. Pure.
/// </summary>
internal sealed class ExpansionGuard
{
    /// <summary>Bytes out per byte in, over any <see cref="Window"/>, that are still believed.</summary>
    public const int MostPerByte = 200;

    /// <summary>Unpacked bytes over which the growth is measured.</summary>
    public const int Window = 1024 * 1024;

    /// <summary>Bytes that may be taken in at once: more would make the measure too coarse.</summary>
    public const int MostAtOnce = 512;

    private const int Step = Window / 16;

    private readonly Queue<(long Packed, long Unpacked)> _marks = new([(0, 0)]);
    private long _packed;
    private long _unpacked;
    private long _nextMark = Step;

    /// <summary>Bytes came in.</summary>
    public void Packed(int bytes) => _packed += bytes;

    /// <summary>Bytes came out.</summary>
    /// <exception cref="InvalidDataException">They are too many for what came in.</exception>
    public void Unpacked(int bytes)
    {
        _unpacked += bytes;
        while (_marks.TryPeek(out var from) && _unpacked - from.Unpacked >= Window)
        {
            // What came in last may not have been unpacked yet, and some of it before the mark may have been since.
            if ((_packed - from.Packed + MostAtOnce) * MostPerByte < _unpacked - from.Unpacked)
            {
                throw new InvalidDataException($"it grows to more than {MostPerByte} times its size; send it as it is");
            }

            _marks.Dequeue();
        }

        if (_unpacked >= _nextMark)
        {
            _marks.Enqueue((_packed, _unpacked));
            _nextMark = _unpacked + Step;
        }
    }
}
