using System.Globalization;
using System.Runtime.CompilerServices;
using PushNet.Actors.Clock;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Reading;
using PushNet.Actors.Log.Replica;

namespace PushNet.Tests.Log;

/// <summary>A log in memory.</summary>
internal sealed class MemoryLog : IBoardLog
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    private readonly Lock _gate = new();
    private readonly List<LogMessage> _messages = [];
    private readonly SortedDictionary<long, byte[]> _images = [];
    private readonly List<long> _losses = [];
    private long _purged;
    private int _made = 1;
    private bool _isGone;

    private int Losses
    {
        get
        {
            lock (_gate)
            {
                return _losses.Count;
            }
        }
    }

    private string Id => _made == 1 ? "log" : $"log {_made}";

    public string? Fault => null;

    public int Openings => 1;

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

    /// <summary>NATS loses the end of the log.</summary>
    public void LoseBehind(long sequence)
    {
        lock (_gate)
        {
            _messages.RemoveRange((int)sequence, _messages.Count - (int)sequence);
            _losses.Add(sequence);
        }
    }

    /// <summary>Adds an entry, as a server would.</summary>
    public void Add(LogEntry entry) => Add(LogEntryCodec.Write(entry));

    public Task<LogExtent?> ExtentAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult<LogExtent?>(_isGone ? null : new LogExtent(Id, _purged + 1, _messages.Count));
        }
    }

    public ValueTask SendAsync(ReadOnlyMemory<byte> entry, CancellationToken cancellation)
    {
        Add(entry);
        return ValueTask.CompletedTask;
    }

    public IAsyncEnumerable<LogMessage> ReadAsync(string log, long last, TimeProvider time, CancellationToken cancellation) =>
        ReadAsync(log, last, () => false, cancellation);

    /// <summary>Reads the log, but for the times at which it is away.</summary>
    public async IAsyncEnumerable<LogMessage> ReadAsync(
        string log, long last, Func<bool> isAway, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var known = Losses;
        while (true)
        {
            LogMessage? next = null;
            lock (_gate)
            {
                // What is left may have grown as long again when a reader looks.
                if (_losses.Count > known && !isAway())
                {
                    var isLost = _losses.Skip(known).Any(end => end < last);
                    known = _losses.Count;
                    if (isLost)
                    {
                        throw new LogBrokenException(isLost: true, LogChecks.WhyLost(log, last, new LogExtent(log, 1, last)));
                    }
                }

                LogExtent? now = isAway() ? new LogExtent(log, 1, last) : _isGone ? null : new LogExtent(Id, _purged + 1, _messages.Count);
                if (LogChecks.Of(log, last, now) is LogChecks.Finding.Lost)
                {
                    throw new LogBrokenException(isLost: true, LogChecks.WhyLost(log, last, now));
                }

                if (last < _purged && !isAway())
                {
                    throw new LogBrokenException(isLost: false, string.Create(CultureInfo.InvariantCulture, $"purged up to {_purged}"));
                }

                next = last < _messages.Count && !isAway() ? _messages[(int)last] : null;
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

    public Task<LogImage?> NewestImageAsync(string? log, CancellationToken cancellation)
    {
        lock (_gate)
        {
            return Task.FromResult(
                _images.Reverse().Select(image => LogImage.Read(image.Value)).FirstOrDefault(image => image.Log == (log ?? image.Log)));
        }
    }

    public Task MakeAgainAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            _messages.Clear();
            (_isGone, _purged, _made) = (false, 0, _made + 1);
        }

        return Task.CompletedTask;
    }

    public Task DropImagesBehindAsync(long sequence, CancellationToken cancellation)
    {
        lock (_gate)
        {
            _images.Keys.Where(one => one > sequence).ToList().ForEach(one => _images.Remove(one));
        }

        return Task.CompletedTask;
    }

    public Task<bool> TryAppendAsync(ReadOnlyMemory<byte> entry, long last, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_messages.Count != last)
            {
                return Task.FromResult(false);
            }

            Add(entry);
        }

        return Task.FromResult(true);
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
