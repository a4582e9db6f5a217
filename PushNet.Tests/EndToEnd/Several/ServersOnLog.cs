using System.Collections.Concurrent;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>Three servers on one log in three servers of NATS, with a client that watches each, and a feeder.</summary>
internal sealed class ServersOnLog : IAsyncDisposable
{
    // The feeder looks while servers come and go.
    private readonly ConcurrentDictionary<string, (ServerProcess Process, Uri Url, WatchingClient Watch)> _servers = [];

    private readonly IReadOnlyList<Machine> _machines;
    private readonly Func<int, NatsCluster, IEnumerable<(string Name, string Value)>> _settings;
    private Feeder? _feeder;

    private ServersOnLog(
        NatsCluster nats,
        IReadOnlyList<Machine> machines,
        Func<int, NatsCluster, IEnumerable<(string Name, string Value)>> settings) =>
        (Nats, _machines, _settings) = (nats, machines, settings);

    /// <summary>The names of the servers.</summary>
    public static IReadOnlyList<string> Names { get; } = ["a", "b", "c"];

    public NatsCluster Nats { get; }

    public Feeder Feeder => _feeder!;

    /// <summary>The last gaps, by server.</summary>
    public IReadOnlyDictionary<string, TimeSpan> LastGaps { get; private set; } = new Dictionary<string, TimeSpan>();

    /// <summary>A server to which no lines may come; null: to any.</summary>
    public string? Unfed { get; set; }

    /// <summary>The server to which the lines come.</summary>
    public string Fed => _servers.First(server => server.Value.Url == Feeder.Server).Key;

    /// <summary>A server to which no lines come.</summary>
    public string Other => _servers.First(server => server.Value.Url != Feeder.Server).Key;

    private IEnumerable<WatchingClient> Watches => _servers.Values.Select(server => server.Watch);

    /// <summary>Starts all, and waits until lines come.</summary>
    /// <param name="machines">Where, a server and one of NATS each; null: here.</param>
    /// <param name="settings">Further settings of a server; null: none.</param>
    public static async Task<ServersOnLog> StartAsync(
        IReadOnlyList<Machine>? machines = null,
        Func<int, NatsCluster, IEnumerable<(string Name, string Value)>>? settings = null)
    {
        machines ??= [.. Names.Select(_ => Machine.Here)];
        var servers = new ServersOnLog(await NatsCluster.StartAsync(machines), machines, settings ?? ((_, _) => []));
        try
        {
            await servers.AddAsync(Names[0]);
            await Task.WhenAll(Names.Skip(1).Select(servers.AddAsync));
            servers._feeder = new Feeder(
                () => [.. servers._servers.Where(server => server.Key != servers.Unfed).Select(server => server.Value.Url)]);
            await servers.Feeder.UntilAsync(500);
            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a server.</summary>
    /// <returns>What it printed until it listened.</returns>
    public async Task<string> AddAsync(string name)
    {
        var i = Names.ToList().IndexOf(name);
        var process = ServerProcess.StartOn(
            _machines[i],
            ["--urls", $"http://{_machines[i].Front}:0"],
            [
                ("PushNet__Data__Nats", Nats.Url),
                ("PushNet__Data__Log__Name", name),
                ("PushNet__Data__Log__ImageInterval", "00:00:10"),
                ("PushNet__Data__Log__IngestPatience", "00:00:30"),

                // The machine may be too busy for the clients, which is not what is tested.
                ("PushNet__Limits__QueueCapacity", "16384"),

                // Pings tell the clients, which wait for 30 s, that a server is there that has nothing to send.
                ("PushNet__KeepAlive__Interval", "00:00:10"),
                ("PushNet__ApiKeys__0__Name", "all"),
                ("PushNet__ApiKeys__0__Key", PushServer.Key),
                ("PushNet__ApiKeys__0__Scopes", "live,odds,ingest"),
                .. _settings(i, Nats),
            ]);
        try
        {
            var url = await process.ListeningAsync();
            await WarmAsync(url);
            _servers[name] = (process, url, await WatchingClient.JoinAsync(url));
            return process.Output;
        }
        catch
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>The longest of the last gaps of the clients of the other servers.</summary>
    public TimeSpan LastGapOfOthers(string name) => LastGaps.Where(gap => gap.Key != name).Max(gap => gap.Value);

    /// <summary>Where a server is.</summary>
    public Uri UrlOf(string name) => _servers[name].Url;

    /// <summary>The number of the last frame that the client of a server saw.</summary>
    public long SeqOf(string name) => _servers[name].Watch.Seq;

    /// <summary>Sends a server a signal that does not end it.</summary>
    public Task SignalAsync(string name, string signal) => _servers[name].Process.SignalAsync(signal);

    /// <summary>Lets time pass.</summary>
    public static async Task PassAsync(TimeSpan length)
    {
        using var timer = new PeriodicTimer(length);
        await timer.WaitForNextTickAsync();
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
        // Also on one that was started a moment ago.
        await Feeder.UntilAsync(500);
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
        await (_feeder?.DisposeAsync() ?? default);
        foreach (var (process, _, watch) in _servers.Values)
        {
            watch.Dispose();
            process.Dispose();
        }

        await Nats.DisposeAsync();
    }

    private void AssertWatched() => Assert.All(_servers, server => Assert.False(
        server.Value.Watch.IsOver,
        $"{server.Value.Watch.Fault ?? "the connection ended"}; server {server.Key} printed:\n{server.Value.Process.Output}"));

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
        LastGaps = _servers.ToDictionary(server => server.Key, server => server.Value.Watch.TakeLongestGap());
        return LastGaps.Values.Max();
    }
}
