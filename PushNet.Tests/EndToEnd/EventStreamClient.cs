using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>A client of an event stream on .NET's own parser. An answer that breaks off without its end is an error to it.</summary>
internal sealed class EventStreamClient : IDisposable
{
    private readonly IAsyncEnumerator<SseItem<string>> _events;

    private EventStreamClient(HttpResponseMessage response, Stream body)
    {
        Response = response;
        var parser = SseParser.Create(body);
        _events = parser.EnumerateAsync().GetAsyncEnumerator();
        RetryAfter = () => parser.ReconnectionInterval;
    }

    public HttpResponseMessage Response { get; }

    /// <summary>What the last <c>retry</c> said.</summary>
    public Func<TimeSpan> RetryAfter { get; }

    public JsonElement Snapshot { get; private set; }

    /// <summary>Opens a stream and reads its welcome and snapshot.</summary>
    /// <param name="server">The server.</param>
    /// <param name="channel">live or odds.</param>
    /// <param name="ask">What it asks for, as a query.</param>
    /// <param name="version">The version of HTTP.</param>
    public static async Task<EventStreamClient> JoinAsync(PushServer server, string channel, string ask = "", Version? version = null)
    {
        var client = await OpenAsync(server, $"/sse/{channel}?{ask}", version);
        Assert.Equal("welcome", (await client.NextAsync()).EventType);
        var snapshot = await client.NextAsync();
        Assert.Equal("snapshot", snapshot.EventType);
        client.Snapshot = JsonElement.Parse(snapshot.Data);
        Assert.Equal($"{client.Snapshot.Seq()}", snapshot.EventId);
        return client;
    }

    /// <summary>The next event.</summary>
    public async Task<SseItem<string>> NextAsync()
    {
        Assert.True(await _events.MoveNextAsync().AsTask().WaitAsync(PushServer.Patience), "the stream has ended");
        return _events.Current;
    }

    /// <summary>Reads up to the first event of a type.</summary>
    public async Task<SseItem<string>> NextAsync(string type)
    {
        var next = await NextAsync();
        while (next.EventType != type)
        {
            next = await NextAsync();
        }

        return next;
    }

    /// <summary>Fails unless <c>closed</c> is next, and last.</summary>
    public async Task IsClosedAsync(int code, string reason)
    {
        var closed = await NextAsync("closed");
        Assert.Equal($$"""{"code":{{code}},"reason":"{{reason}}"}""", closed.Data);
        Assert.False(await _events.MoveNextAsync().AsTask().WaitAsync(PushServer.Patience));
    }

    public void Dispose() => Response.Dispose();

    private static async Task<EventStreamClient> OpenAsync(PushServer server, string path, Version? version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Version = version ?? HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal((HttpStatusCode.OK, request.Version), (response.StatusCode, response.Version));
        return new EventStreamClient(response, await response.Content.ReadAsStreamAsync());
    }
}
