using System.Net;
using PushNet.Bench.Load;

namespace PushNet.Bench.Soak;

/// <summary>Clients that come and go, all on one thread: some read as fast as they can, some slowly, some not at all.</summary>
internal sealed class Churn : IDisposable
{
    private const int Seed = 16;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);

    private readonly ChurningClient[] _clients;
    private readonly Thread _thread;
    private readonly AutoResetEvent _paused = new(false);
    private readonly ManualResetEvent _mayRun = new(true);
    private volatile bool _stopping;

    public Churn(IPEndPoint server, LoadOptions options, Schedule schedule)
    {
        var random = new Random(Seed);
        _clients = [.. Enumerable.Range(0, options.Connections)
            .Select(index => new ChurningClient(server, options, schedule, Stats, random, index))];
        _thread = new Thread(Run) { IsBackground = true, Name = "churn" };
        _thread.Start();
    }

    /// <summary>What the clients count. Read it while they are paused, otherwise it is only approximate.</summary>
    public LoadStats Stats { get; } = new();

    /// <summary>Makes all clients leave, and returns when they have.</summary>
    public void Pause()
    {
        _mayRun.Reset();
        _paused.WaitOne();
    }

    /// <summary>Makes them come again.</summary>
    public void Resume() => _mayRun.Set();

    public void Dispose()
    {
        _stopping = true;
        _mayRun.Set();
        _thread.Join();
        _paused.Dispose();
        _mayRun.Dispose();
    }

    private void Run()
    {
        var buffer = new byte[1024 * 1024];
        while (!_stopping)
        {
            foreach (var client in _clients)
            {
                client.RunDue(buffer);
            }

            if (!_mayRun.WaitOne(0))
            {
                Leave();
                _paused.Set();
                _mayRun.WaitOne();
            }

            ShortSleep.For(Tick);
        }

        Leave();
    }

    private void Leave() => Array.ForEach(_clients, client => client.Leave());
}
