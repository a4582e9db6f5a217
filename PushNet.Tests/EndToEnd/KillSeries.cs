using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>
/// Servers on one data directory, or on one database where the next one stands by already, one after the other, each killed at a
/// random moment under 500 observations a second.
/// </summary>
/// <param name="postgres">The database; null: a directory.</param>
internal sealed class KillSeries(PostgresServer? postgres = null) : IDisposable
{
    private const int Games = 10;
    private const int LinesPerTick = 5;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly TempFolder _data = new();
    private readonly Random _random = new();
    private readonly long _firstTs = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds();

    // For each thing that observations are about, the latest that was acknowledged.
    private readonly ConcurrentDictionary<string, string> _acknowledged = [];
    private int _count;
    private long _killedAt;

    /// <summary>For each server but the first, the time from the kill of the one before to its first answer.</summary>
    public List<TimeSpan> Gaps { get; } = [];

    /// <summary>Kills this many servers, and finds with each the acknowledged observations of those before.</summary>
    /// <returns>How many observations were found, all servers together.</returns>
    public async Task<int> RunAsync(int rounds)
    {
        var (seq, proven) = (-1L, 0);
        var next = Start();
        for (var round = 0; round <= rounds; round++)
        {
            using var server = next;
            using var http = await ClientOf(server);
            var board = JsonDocument.Parse(await http.GetStringAsync("/v1/games/live")).RootElement;
            if (round > 0)
            {
                Gaps.Add(TimeProvider.System.GetElapsedTime(_killedAt));
            }

            Assert.True(board.GetProperty("seq").GetInt64() > seq, "a number was given twice");

            proven += _acknowledged.Count;
            await AssertThere(http);
            if (round == rounds)
            {
                break;
            }

            seq = JsonDocument.Parse(await http.GetStringAsync("/v1/games/live")).RootElement.GetProperty("seq").GetInt64();
            next = postgres is null ? null : await StandbyAsync();
            await SendUntilKilled(server, http.BaseAddress!);
            next ??= Start();
        }

        return proven;
    }

    /// <summary>Kills a server that plays the demo.</summary>
    public async Task KillDemoAsync()
    {
        using var server = ServerProcess.Start(["--urls", "http://127.0.0.1:0"], ("PushNet__Data__Directory", _data.Name));
        using var http = new HttpClient { BaseAddress = await server.ListeningAsync() };
        await Eventually.True(
            async () => JsonDocument.Parse(await http.GetStringAsync("/health")).RootElement.GetProperty("live").GetInt32() >= 3);
        await server.SignalAsync("KILL");
        await server.ExitAsync();
    }

    /// <summary>How many games the next server finds.</summary>
    public async Task<int> GamesAsync()
    {
        using var server = Start();
        using var http = await ClientOf(server);
        return JsonDocument.Parse(await http.GetStringAsync("/health")).RootElement.GetProperty("games").GetInt32();
    }

    public void Dispose() => _data.Dispose();

    private ServerProcess Start() => ServerProcess.Start(
        ["--urls", "http://127.0.0.1:0"],
        ("PushNet__Data__Directory", postgres is null ? _data.Name : ""),
        ("PushNet__Data__Postgres", postgres?.ConnectionString ?? ""),
        ("PushNet__Data__Standby", postgres is null ? "false" : "true"),
        ("PushNet__Feed__Kind", "none"),
        ("PushNet__ApiKeys__0__Name", "all"),
        ("PushNet__ApiKeys__0__Key", PushServer.Key),
        ("PushNet__ApiKeys__0__Scopes", "live,odds,ingest"));

    private async Task<ServerProcess> StandbyAsync()
    {
        var server = Start();
        await server.PrintedAsync("is ready to take over");
        return server;
    }

    private static async Task<HttpClient> ClientOf(ServerProcess server) => new()
    {
        BaseAddress = await server.ListeningAsync(),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", PushServer.Key) },
    };

    // When they are sent again, an observation that is there changes nothing, a replaced one is stale, and a lost one is applied.
    private async Task AssertThere(HttpClient http)
    {
        if (_acknowledged.IsEmpty)
        {
            return;
        }

        using var body = PushServer.Ndjson(_acknowledged.Values);
        using var response = await http.PostAsync("/v1/ingest", body);
        var summary = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(0, summary.GetProperty("applied").GetInt64());
        Assert.Equal(0, summary.GetProperty("rejected").GetInt64());
    }

    private async Task SendUntilKilled(ServerProcess server, Uri url)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port);
        await using var stream = client.GetStream();
        var sent = new ConcurrentQueue<(string About, string Line)>();
        var (sending, killing) = (SendAsync(stream, sent), Task.CompletedTask);
        using var answer = new StreamReader(stream);
        try
        {
            // Between the acknowledgements are the lines of the chunked coding.
            for (var acked = 0L; await answer.ReadLineAsync() is { } line;)
            {
                if (line.StartsWith("{\"acked\"", StringComparison.Ordinal) && line.EndsWith('}'))
                {
                    killing = acked == 0 ? KillAsync(server, TimeSpan.FromMilliseconds(_random.Next(1, 800))) : killing;
                    acked = Note(sent, acked, line);
                }
            }
        }
        catch (IOException)
        {
            // This is how a killed server looks from here.
        }

        await killing;
        await server.ExitAsync();
        await sending;
    }

    private async Task KillAsync(ServerProcess server, TimeSpan after)
    {
        using var timer = new PeriodicTimer(after);
        await timer.WaitForNextTickAsync();
        _killedAt = TimeProvider.System.GetTimestamp();
        await server.SignalAsync("KILL");
    }

    private long Note(ConcurrentQueue<(string About, string Line)> sent, long before, string ack)
    {
        var json = JsonDocument.Parse(ack).RootElement;
        Assert.Equal(0, json.GetProperty("rejected").GetInt64());
        var acked = json.GetProperty("acked").GetInt64();
        for (var i = before; i < acked && sent.TryDequeue(out var observation); i++)
        {
            _acknowledged[observation.About] = observation.Line;
        }

        return acked;
    }

    private async Task SendAsync(NetworkStream to, ConcurrentQueue<(string About, string Line)> sent)
    {
        try
        {
            var games = Enumerable.Range(0, Games).Select(game => ($"g{game}", At(Lines.Game($"g{game}", home: _count))));
            await SendAsync(to, IngestTests.ChunkedPost(Text(games, sent), "acks=1"));
            using var timer = new PeriodicTimer(Tick);
            while (await timer.WaitForNextTickAsync())
            {
                await SendAsync(to, IngestTests.Chunk(Text(Enumerable.Range(0, LinesPerTick).Select(_ => Next()), sent)));
            }
        }
        catch (IOException)
        {
            // The server was killed.
        }
    }

    private static async Task SendAsync(NetworkStream to, string text) => await to.WriteAsync(Encoding.ASCII.GetBytes(text));

    private static string Text(IEnumerable<(string About, string Line)> observations, ConcurrentQueue<(string About, string Line)> sent)
    {
        var text = new StringBuilder();
        foreach (var observation in observations)
        {
            sent.Enqueue(observation);
            text.Append(observation.Line).Append('\n');
        }

        return text.ToString();
    }

    private (string About, string Line) Next()
    {
        var (game, outcome) = ($"g{_random.Next(Games)}", $"o{_random.Next(20)}");
        return _random.Next(5) == 0
            ? (game, At(Lines.Game(game, home: _count))) : ($"{game} {outcome}", At(Lines.Price(game, 100 + _count, outcome)));
    }

    private string At(string line) => $"{line[..^1]},\"ts\":{_firstTs + ++_count}}}";
}
