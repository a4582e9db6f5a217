using System.Globalization;
using NATS.Client.Core;
using PushNet.Actors.Clock;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Nats;
using PushNet.Actors.Log.Replica;
using PushNet.Actors.Log.Sending;

namespace PushNet.Tests.EndToEnd;

/// <summary>Sends numbers to a log until they are found in it, as a server does with lines.</summary>
internal sealed class LogSender : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);

    private readonly Lock _gate = new();
    private readonly LogState _state = new();
    private readonly List<int> _found = [];
    private readonly SenderWindow<string> _window;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _sending;

    public LogSender(NatsLog log, ulong session)
    {
        _window = new SenderWindow<string>(session);
        _sending = SendAsync(log);
    }

    /// <summary>The numbers in the order in which they were found.</summary>
    public IReadOnlyList<int> Found
    {
        get
        {
            lock (_gate)
            {
                return [.. _found];
            }
        }
    }

    private static Moment Now => Moment.Now(TimeProvider.System);

    public void Offer(IEnumerable<int> numbers)
    {
        lock (_gate)
        {
            foreach (var number in numbers.Select(one => one.ToString(CultureInfo.InvariantCulture)))
            {
                _window.Offer(number, new RemoveEntry(0, 0, number), Now);
            }
        }
    }

    /// <summary>Takes a message of the log.</summary>
    public void Take(LogMessage message)
    {
        lock (_gate)
        {
            _state.Take(message);
            _found.AddRange(_window.Applied(_state, Now).Select(found => int.Parse(found, CultureInfo.InvariantCulture)));
        }
    }

    public Task UntilFoundAsync(int count) => Eventually.True(() => Task.FromResult(Found.Count >= count));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private IReadOnlyList<byte[]> Due()
    {
        lock (_gate)
        {
            return _window.Due(Now);
        }
    }

    private async Task SendAsync(NatsLog log)
    {
        using var timer = new PeriodicTimer(Beat);
        while (await timer.WaitForNextTickAsync(_end.Token))
        {
            foreach (var payload in Due())
            {
                try
                {
                    await log.SendAsync(payload, _end.Token).AsTask().WaitAsync(TimeSpan.FromSeconds(1), _end.Token);
                }
                catch (Exception e) when (e is NatsException or TimeoutException)
                {
                    // NATS is away: the window sends it again.
                }
            }
        }
    }
}
