using System.Net.WebSockets;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>What the tests of a stop share: a server with clients that read until their end.</summary>
public abstract class StoppingServer
{
    protected static readonly (string, string)[] Settings =
    [
        ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
        ("PushNet__ApiKeys__0__Name", "all"), ("PushNet__ApiKeys__0__Key", PushServer.Key), (
            "PushNet__ApiKeys__0__Scopes", "live,odds,ingest"),
    ];

    private protected static async Task<(WebSocketCloseStatus? Close, long AfterMs)> ReadEndingAsync(PushClient client)
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

    private protected static Task<PushClient[]> JoinAsync(Uri url, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(i =>
        PushClient.JoinAsync(new Uri($"ws://{url.Authority}/ws/{(i % 2 == 0 ? "odds" : "live")}?key={PushServer.Key}"))));

    private protected static async Task<RawClient> ConnectAsync(Uri url)
    {
        var socket = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp)
        {
            ReceiveBufferSize = 4096,
        };
        await socket.ConnectAsync(url.Host, url.Port);
        return new RawClient(socket, url.Authority);
    }

    protected static HttpClient Client(Uri url)
    {
        var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", PushServer.Key);
        return http;
    }

    protected static async Task PostAsync(HttpClient http, IEnumerable<string> lines)
    {
        using var body = PushServer.Ndjson(lines);
        (await http.PostAsync("/v1/ingest", body)).EnsureSuccessStatusCode();
    }
}
