using System.Runtime.CompilerServices;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Reading;
using PushNet.Actors.Log.Replica;

namespace PushNet.Tests.Log;

/// <summary>A server's own way to a log, which can be cut or broken.</summary>
internal sealed class CuttableLog(MemoryLog log) : IBoardLog
{
    private volatile bool _isAway;

    /// <summary>True while nothing goes to the log and nothing comes.</summary>
    public bool IsAway
    {
        get => _isAway;
        set => _isAway = value;
    }

    /// <summary>From this message on, the log brings nonsense.</summary>
    public long BrokenFrom { get; set; } = long.MaxValue;

    /// <summary>Makes other entries of those of the log, as a bug would; null for nothing.</summary>
    public Func<LogEntry, LogEntry>? Forges { get; set; }

    public string? Fault => null;

    public int Openings { get; set; } = 1;

    public Task<LogExtent?> ExtentAsync(CancellationToken cancellation) => log.ExtentAsync(cancellation);

    public ValueTask SendAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellation) =>
        IsAway ? ValueTask.CompletedTask : log.SendAsync(entry, cancellation);

    public async IAsyncEnumerable<LogMessage> ReadAsync(
        string id, long last, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var message in log.ReadAsync(id, last, () => IsAway, cancellation))
        {
            var brought = Forges is { } forge
                ? message with { Payload = LogEntryCodec.Write(forge(LogEntryCodec.Read(message.Payload))) } : message;
            yield return message.Sequence < BrokenFrom ? brought : brought with { Sequence = message.Sequence + 1 };
        }
    }

    public Task PutImageAsync(long sequence, byte[] image, CancellationToken cancellation) =>
        log.PutImageAsync(sequence, image, cancellation);

    public Task MakeAgainAsync(CancellationToken cancellation) => log.MakeAgainAsync(cancellation);

    public Task DropImagesBehindAsync(long sequence, CancellationToken cancellation) => log.DropImagesBehindAsync(sequence, cancellation);

    public Task<bool> TryAppendAsync(ReadOnlyMemory<byte> entry, long last, CancellationToken cancellation) =>
        log.TryAppendAsync(entry, last, cancellation);

    public Task<LogImage?> NewestImageAsync(string? id, CancellationToken cancellation) => log.NewestImageAsync(id, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
