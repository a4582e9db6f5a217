using System.Net.WebSockets;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>How a server stops (design: the clients are told, spread, closed with 1012).</summary>
public class StoppingTests : StoppingServer
{
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
}
