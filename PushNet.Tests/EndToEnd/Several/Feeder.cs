using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>
/// Sends 500 lines a second to a server, each of which changes the board, and sends again to another one what was not acknowledged.
/// </summary>
internal sealed class Feeder : IAsyncDisposable
{
    private const int Games = 10;
    private const int LinesPerTick = 5;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    private readonly Func<IReadOnlyList<Uri>> _servers;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(45) };
    private readonly CancellationTokenSource _end = new();
    private readonly Dictionary<string, string> _latest = [];
    private readonly long _firstTs = TimeProvider.System.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds();
    private readonly Task _feeding;
    private int _count;
    private int _next;

    /// <summary>Begins to send.</summary>
    /// <param name="servers">Those that are there.</param>
    public Feeder(Func<IReadOnlyList<Uri>> servers)
    {
        _servers = servers;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", PushServer.Key);
        _feeding = FeedAsync();
    }

    /// <summary>Lines that were acknowledged.</summary>
    public int Acknowledged { get; private set; }

    /// <summary>Answers 503.</summary>
    public int Refusals { get; private set; }

    /// <summary>The address to which it sends.</summary>
    public Uri Server
    {
        get
        {
            var servers = _servers();
            return servers[_next % servers.Count];
        }
    }

    /// <summary>Waits until as many more lines were acknowledged.</summary>
    public async Task UntilAsync(int more)
    {
        var goal = Acknowledged + more;
        await Eventually.True(async () =>
        {
            await (_feeding.IsFaulted ? _feeding : Task.CompletedTask);
            return Acknowledged >= goal;
        });
    }

    /// <summary>Stops, and waits for the last answer.</summary>
    public async Task StopAsync()
    {
        await _end.CancelAsync();
        await _feeding;
    }

    /// <summary>Sends again the latest that was acknowledged of each outcome: nothing of it may be new.</summary>
    public async Task AssertThereAsync(Uri server)
    {
        var (_, summary) = await PostAsync(server, _latest.Values);
        Assert.Equal((0, 0, _latest.Count), (Count(summary, "applied"), Count(summary, "rejected"), Count(summary, "unchanged")));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();

        // What the servers of a failed test never take is not sent for ever.
        _http.Dispose();
        await _feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private static int Count(JsonElement summary, string name) => summary.GetProperty(name).GetInt32();

    private async Task FeedAsync()
    {
        await SendAsync([.. Enumerable.Range(0, Games).Select(game => Lines.Game($"g{game}"))]);
        using var timer = new PeriodicTimer(Tick);
        while (!_end.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
            await SendAsync([.. Enumerable.Range(0, LinesPerTick).Select(_ => Next())]);
        }
    }

    private string Next()
    {
        var (game, outcome) = ($"g{_count % Games}", $"o{_count % 7}");
        var line = Lines.Price(game, 100 + (++_count % 1000), outcome);
        return _latest[$"{game} {outcome}"] = $"{line[..^1]},\"ts\":{_firstTs + _count}}}";
    }

    private async Task SendAsync(IReadOnlyList<string> lines)
    {
        while (true)
        {
            try
            {
                var (status, summary) = await PostAsync(Server, lines);
                if (status == HttpStatusCode.OK)
                {
                    Assert.Equal(lines.Count, Count(summary, "applied") + Count(summary, "unchanged"));
                    Acknowledged += lines.Count;
                    return;
                }

                Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
                Refusals++;
            }
            catch (HttpRequestException)
            {
                _next++;
            }
        }
    }

    private async Task<(HttpStatusCode Status, JsonElement Summary)> PostAsync(Uri server, IEnumerable<string> lines)
    {
        using var body = PushServer.Ndjson(lines);
        using var response = await _http.PostAsync(new Uri(server, "/v1/ingest"), body);
        return (response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement);
    }
}
