using System.Collections.Concurrent;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Nats;
using PushNet.Actors.Log.Reading;

namespace PushNet.Tests.EndToEnd;

/// <summary>Reads a log in the background.</summary>
internal sealed class LogReading : IAsyncDisposable
{
    private readonly ConcurrentQueue<LogMessage> _messages = [];
    private readonly CancellationTokenSource _end = new();
    private readonly Task _reading;

    private LogReading(NatsLogReader reader, Action<LogMessage>? take) => _reading = RunAsync(reader, take);

    /// <summary>What was read so far.</summary>
    public IReadOnlyCollection<LogMessage> Messages => _messages;

    /// <summary>Begins to read.</summary>
    /// <param name="log">The log.</param>
    /// <param name="last">The last message that was read before.</param>
    /// <param name="take">Is given each message.</param>
    /// <param name="id">Tells the log from others; null: as it is now.</param>
    /// <param name="time">The clock; null: the system's.</param>
    public static async Task<LogReading> StartAsync(
        NatsLog log, long last, Action<LogMessage>? take = null, string? id = null, TimeProvider? time = null)
    {
        id ??= (await log.ExtentAsync(CancellationToken.None))!.Value.Log;
        return new LogReading(log.Reader(id, last, session: 9, time ?? TimeProvider.System), take);
    }

    /// <summary>True when the reading has ended.</summary>
    public bool IsOver => _reading.IsCompleted;

    /// <summary>So many messages were read.</summary>
    public Task UntilAsync(int count) => Eventually.True(async () =>
    {
        if (_reading.IsFaulted)
        {
            await _reading;
        }

        return _messages.Count >= count;
    });

    /// <summary>The reading ends with a failure.</summary>
    public async Task<(bool IsLost, string Why)> BrokenAsync()
    {
        var broken = await Assert.ThrowsAsync<LogBrokenException>(() => _reading.WaitAsync(PushServer.Patience));
        return (broken.IsLost, broken.Message);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task RunAsync(NatsLogReader reader, Action<LogMessage>? take)
    {
        await foreach (var message in reader.ReadAsync(_end.Token))
        {
            take?.Invoke(message);
            _messages.Enqueue(message);
        }
    }
}
