using System.Collections.Concurrent;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>Three servers on one log in three servers of NATS, with a client that watches each, and a feeder.</summary>
internal sealed class ServersOnLog : IAsyncDisposable
{
    // The feeder looks while servers come and go.
    private readonly ConcurrentDictionary<string, (ServerProcess Process, Uri Url, WatchingClient Watch)> _servers = [];

    private ServersOnLog(NatsCluster nats) => Nats = nats;

    public NatsCluster Nats { get; }

    public Feeder Feeder { get; private set; } = null!;

    /// <summary>The last gaps.</summary>
    public IReadOnlyList<(string Server, TimeSpan Gap)> LastGaps { get; private set; } = [];

    /// <summary>The server to which the lines come.</summary>
    public string Fed => _servers.First(server => server.Value.Url == Feeder.Server).Key;

    /// <summary>A server to which no lines come.</summary>
    public string Other => _servers.First(server => server.Value.Url != Feeder.Server).Key;

    private IEnumerable<WatchingClient> Watches => _servers.Values.Select(server => server.Watch);

    public static async Task<ServersOnLog> StartAsync()
    {
        var servers = new ServersOnLog(await NatsCluster.StartAsync());
        await servers.AddAsync("a");
        await Task.WhenAll(servers.AddAsync("b"), servers.AddAsync("c"));
        servers.Feeder = new Feeder(() => [.. servers._servers.Values.Select(server => server.Url)]);
        await servers.Feeder.UntilAsync(500);
        return servers;
    }

    /// <summary>Starts a server.</summary>
    /// <returns>What it printed until it listened.</returns>
    public async Task<string> AddAsync(string name)
    {
        var process = ServerProcess.Start(
            ["--urls", "http://127.0.0.1:0"],
            ("PushNet__Data__Nats", Nats.Url),
            ("PushNet__Data__Log__Name", name),
            ("PushNet__Data__Log__ImageInterval", "00:00:10"),
            ("PushNet__Data__Log__IngestPatience", "00:00:30"),

            // The machine may be too busy for the clients, which is not what is tested.
            ("PushNet__Limits__QueueCapacity", "16384"),
            ("PushNet__ApiKeys__0__Name", "all"),
            ("PushNet__ApiKeys__0__Key", PushServer.Key),
            ("PushNet__ApiKeys__0__Scopes", "live,odds,ingest"));
        var url = await process.ListeningAsync();
        await WarmAsync(url);
        _servers[name] = (process, url, await WatchingClient.JoinAsync(url));
        return process.Output;
    }

    /// <summary>Kills a server, or ends it by another signal.</summary>
    /// <returns>The longest gap of the clients of the others until as many more lines were acknowledged.</returns>
    public async Task<TimeSpan> EndAsync(string name, int lines, string signal = "KILL")
    {
        var (process, _, watch) = _servers[name];
        _servers.TryRemove(name, out _);
        _ = LongestGap();
        await process.SignalAsync(signal);
        await process.ExitAsync();
        await Feeder.UntilAsync(lines);
        process.Dispose();
        watch.Dispose();
        return LongestGap();
    }

    /// <summary>Does something, and waits until as many more lines were acknowledged.</summary>
    /// <returns>The longest gap of all clients meanwhile.</returns>
    public async Task<TimeSpan> GapOfAsync(Func<Task> work, int lines)
    {
        _ = LongestGap();
        await work();
        await Feeder.UntilAsync(lines);
        return LongestGap();
    }

    /// <summary>All clients saw the same, without a hole, and all that was acknowledged is on each server once.</summary>
    public async Task AssertEqualAsync()
    {
        await Feeder.StopAsync();
        await Eventually.True(() => Task.FromResult(Watches.Select(watch => watch.Seq).Distinct().Count() == 1));
        AssertWatched();
        Assert.All(Watches.Skip(1), watch => Assert.True(watch.AssertSameAs(Watches.First()) > 100, "they saw hardly anything in common"));
        foreach (var server in _servers.Values)
        {
            await Feeder.AssertThereAsync(server.Url);
        }

        // Each line is an event of its own.
        Assert.All(Watches, watch => Assert.Equal(Feeder.Acknowledged, watch.Seq));
    }

    public async ValueTask DisposeAsync()
    {
        await Feeder.DisposeAsync();
        foreach (var (process, _, watch) in _servers.Values)
        {
            watch.Dispose();
            process.Dispose();
        }

        await Nats.DisposeAsync();
    }

    private void AssertWatched() => Assert.All(Watches, watch => Assert.False(watch.IsOver, watch.Fault ?? "the connection ended"));

    // The first lines that come to a server wait for the compiler. A server that takes over from another one has run for days.
    private static async Task WarmAsync(Uri url)
    {
        using var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", PushServer.Key);
        for (var i = 0; i < 20; i++)
        {
            using var body = PushServer.Ndjson([Lines.Game("g0")]);
            using var response = await http.PostAsync("/v1/ingest", body);
            response.EnsureSuccessStatusCode();
        }
    }

    private TimeSpan LongestGap()
    {
        AssertWatched();
        LastGaps = [.. _servers.Select(server => (server.Key, server.Value.Watch.TakeLongestGap()))];
        return LastGaps.Max(gap => gap.Gap);
    }
}
