using System.Globalization;
using System.Runtime.CompilerServices;
using PushNet.Actors.Clock;
using PushNet.Actors.Log;

namespace PushNet.Tests.Log;

/// <summary>A log in memory.</summary>
internal sealed class MemoryLog : IBoardLog
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly List<LogMessage> _messages = [];
    private readonly SortedDictionary<long, byte[]> _images = [];
    private long _purged;
    private bool _isGone;

    /// <summary>What was sent, as entries.</summary>
    public IReadOnlyList<LogEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _messages.Select(message => LogEntryCodec.Read(message.Payload))];
            }
        }
    }

    /// <summary>The messages behind which there are images.</summary>
    public IReadOnlyList<long> Images
    {
        get
        {
            lock (_gate)
            {
                return [.. _images.Keys];
            }
        }
    }

    /// <summary>Deletes all messages up to one.</summary>
    public void Purge(long upTo)
    {
        lock (_gate)
        {
            _purged = upTo;
        }
    }

    /// <summary>Somebody deletes the log.</summary>
    public void Delete()
    {
        lock (_gate)
        {
            _isGone = true;
        }
    }

    /// <summary>Adds an entry, as a server would.</summary>
    public void Add(LogEntry entry) => Add(LogEntryCodec.Write(entry));

    public Task<LogExtent?> ExtentAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<LogExtent?>(_isGone ? null : new LogExtent("log", _purged + 1, _messages.Count));
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellation)
    {
        Add(entry);
        return ValueTask.CompletedTask;
    }

    public async IAsyncEnumerable<LogMessage> ReadAsync(
        string log, long last, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            LogMessage? next = null;
            lock (_gate)
            {
                if (_isGone)
                {
                    throw new LogBrokenException(isLost: true, LogChecks.WhyLost(log, last, null));
                }

                if (last < _purged)
                {
                    throw new LogBrokenException(isLost: false, string.Create(CultureInfo.InvariantCulture, $"purged up to {_purged}"));
                }

                next = last < _messages.Count ? _messages[(int)last] : null;
            }

            if (next is { } message)
            {
                last++;
                yield return message;
            }
            else
            {
                await Task.Delay(Poll, cancellation);
            }
        }
    }

    public Task PutImageAsync(long sequence, byte[] image, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _images[sequence] = image;
        }

        return Task.CompletedTask;
    }

    public Task<LogImage?> NewestImageAsync(string log, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(_images.Count == 0 ? null : LogImage.Read(_images.Last().Value));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Add(ReadOnlyMemory<byte> payload)
    {
        lock (_gate)
        {
            if (!_isGone)
            {
                _messages.Add(new LogMessage(_messages.Count + 1, Moment.Now(TimeProvider.System).Ts, payload));
            }
        }
    }
}
