using System.Net.WebSockets;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>How a server stops (design: the clients are told, spread, closed with 1012).</summary>
[Collection(Alone.Name)]
public class StoppingTests
{
    private static readonly (string, string)[] Settings =
    [
        ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
        ("PushNet__ApiKeys__0__Name", "all"), ("PushNet__ApiKeys__0__Key", PushServer.Key), (
            "PushNet__ApiKeys__0__Scopes", "live,odds,ingest"),
    ];

    [Fact]
    public async Task Sigterm_ends_a_thousand_open_sockets_within_three_seconds_and_tells_each_when_to_come_back()
    {
        using var server = ServerProcess.Start([], Settings);
        var url = await server.ListeningAsync();
        var clients = await JoinAsync(url, 1000);

        var endings = clients.Select(ReadEndingAsync).ToList();
        await server.SignalAsync("TERM");
        var took = await server.ExitAsync();

        Assert.Equal(0, server.ExitCode);
        Assert.True(took < TimeSpan.FromSeconds(3), $"took {took}");
        var all = await Task.WhenAll(endings);
        Assert.All(all, ending => Assert.Equal((WebSocketCloseStatus)1012, ending.Close));
        Assert.All(all, ending => Assert.InRange(ending.AfterMs, 1, 60_000));
        Assert.InRange(all.Select(ending => ending.AfterMs).Distinct().Count(), 500, 1000);
    }

    [Fact]
    public async Task A_stalled_client_holds_the_stop_no_longer_than_the_drain_window()
    {
        using var server = ServerProcess.Start([], [.. Settings, ("PushNet__Drain__Window", "00:00:03")]);
        var url = await server.ListeningAsync();
        using var http = Client(url);
        await PostAsync(http, [Lines.Game("g1")]);
        var healthy = await JoinAsync(url, 20);
        using var stalled = await (await ConnectAsync(url)).JoinAsync("odds");
        var endings = healthy.Select(ReadEndingAsync).ToList();
        await PostAsync(http, Lines.MovingPrices("g1", 12_000));

        await server.SignalAsync("TERM");
        var took = await server.ExitAsync();

        Assert.Equal(0, server.ExitCode);
        Assert.True(took < TimeSpan.FromSeconds(4), $"took {took}");
        Assert.All(await Task.WhenAll(endings), ending => Assert.Equal((WebSocketCloseStatus)1012, ending.Close));
    }

    [Fact]
    public async Task A_feed_that_waits_for_a_full_disk_does_not_cost_the_clients_their_goodbye()
    {
        using var data = new ServerData();
        await File.WriteAllLinesAsync(data.File("match.ndjson"), Enumerable.Range(0, 1000).Select(i =>
            Lines.Game("g1", home: i).Replace("{\"type\"", $"{{\"at\":{i / 10}.{i % 10},\"type\"", StringComparison.Ordinal)));
        using var server = ServerProcess.Start([], [
            .. Settings, ("PushNet__Data__Directory", data.Name), ("PushNet__Drain__Window", "00:00:06"),
            ("PushNet__Feed__Kind", "replay"), ("PushNet__Feed__File", data.File("match.ndjson"))]);
        var url = await server.ListeningAsync();
        using var http = Client(url);
        var clients = await JoinAsync(url, 20);
        data.Execute("journal.db", "CREATE TRIGGER full BEFORE INSERT ON journal BEGIN SELECT RAISE(FAIL, 'no room'); END");
        await Eventually.True(async () => (await http.GetStringAsync("/health")).Contains("no room", StringComparison.Ordinal));

        var endings = clients.Select(ReadEndingAsync).ToList();
        await server.SignalAsync("TERM");
        await server.ExitAsync();

        var all = await Task.WhenAll(endings);
        Assert.All(all, ending => Assert.Equal((WebSocketCloseStatus)1012, ending.Close));
        Assert.All(all, ending => Assert.InRange(ending.AfterMs, 1, 60_000));
    }

    [Fact]
    public async Task Every_line_acknowledged_before_the_stop_was_published()
    {
        using var server = ServerProcess.Start([], Settings);
        var url = await server.ListeningAsync();
        using var sender = await ConnectAsync(url);
        await sender.SendAsync(
            $"POST /v1/ingest?acks=1&key={PushServer.Key} HTTP/1.1\r\nHost: x\r\nContent-Type: "
                + $"application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
        await sender.ReadHeadAsync();
        await SendLine(sender, Lines.Game("g1"));
        Assert.Contains("\"acked\":1", await sender.ReadBodyAsync());
        using var client = await PushClient.JoinAsync(new Uri($"ws://{url.Authority}/ws/odds?key={PushServer.Key}"));

        // Goals go in until the server ends the body with its summary.
        var published = PublishedAsync(client);
        var acknowledged = 0L;
        for (var goal = 1; ; goal++)
        {
            await SendLine(sender, Lines.Game("g1", home: goal));
            if (goal == 50)
            {
                await server.SignalAsync("TERM");
            }

            var answer = JsonDocument.Parse(await sender.ReadBodyAsync()).RootElement;
            if (answer.TryGetProperty("lines", out _))
            {
                Assert.Equal(acknowledged, answer.GetProperty("applied").GetInt64());
                break;
            }

            acknowledged = answer.GetProperty("applied").GetInt64();
        }

        await server.ExitAsync();
        Assert.True(acknowledged > 50);
        Assert.Equal(acknowledged, await published);
    }

    private static async Task SendLine(RawClient sender, string line) => await sender.SendAsync($"{line.Length + 1:x}\r\n{line}\n\r\n");

    private static async Task<long> PublishedAsync(PushClient client)
    {
        var seq = client.SnapshotSeq;
        while (await client.ReceiveTextAsync() is { } text)
        {
            seq = JsonDocument.Parse(text).RootElement.TryGetProperty("seq", out var next) ? next.GetInt64() : seq;
        }

        return seq;
    }

    private static async Task<(WebSocketCloseStatus? Close, long AfterMs)> ReadEndingAsync(PushClient client)
    {
        var afterMs = 0L;
        while (await client.ReceiveTextAsync() is { } text)
        {
            var frame = JsonDocument.Parse(text).RootElement;
            afterMs = frame.GetProperty("type").GetString() == "reconnect" ? frame.GetProperty("after_ms").GetInt64() : afterMs;
        }

        await client.Socket.CloseOutputAsync(client.Socket.CloseStatus!.Value, null, CancellationToken.None);
        return (client.Socket.CloseStatus, afterMs);
    }

    private static Task<PushClient[]> JoinAsync(Uri url, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(i =>
        PushClient.JoinAsync(new Uri($"ws://{url.Authority}/ws/{(i % 2 == 0 ? "odds" : "live")}?key={PushServer.Key}"))));

    private static async Task<RawClient> ConnectAsync(Uri url)
    {
        var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp)
        {
            ReceiveBufferSize = 4096,
        };
        await socket.ConnectAsync(url.Host, url.Port);
        return new RawClient(socket, url.Authority);
    }

    private static HttpClient Client(Uri url)
    {
        var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", PushServer.Key);
        return http;
    }

    private static async Task PostAsync(HttpClient http, IEnumerable<string> lines)
    {
        using var body = PushServer.Ndjson(lines);
        (await http.PostAsync("/v1/ingest", body)).EnsureSuccessStatusCode();
    }
}
