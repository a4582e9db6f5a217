using System.Diagnostics;
using System.Diagnostics.Tracing;
using Microsoft.Extensions.Logging;

namespace PushNet.Tests.EndToEnd;

/// <summary>
/// Drives every carrier of a key, right and wrong ones, in good and malformed requests, with every level on, and searches what came
/// out.
/// </summary>
[Collection(Alone.Name)]
public sealed class RedactionTests
{
    private const string Wrong = "wrong-key-that-was-typed-badly";

    [Fact]
    public async Task No_key_is_ever_logged_traced_or_shown()
    {
        using var logs = new RecordingLogs();
        using var traces = new RecordingTraces();
        var answers = new List<string>();
        await using (var server = await PushServer.StartAsync(builder =>
        {
            builder.Environment.EnvironmentName = "Development";
            builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs);
            foreach (var category in (string[])[
                "Default", "Microsoft", "Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Server.Kestrel.BadRequests"])
            {
                builder.Configuration[$"Logging:LogLevel:{category}"] = "Trace";
                builder.Configuration[$"Logging:RecordingLogs:LogLevel:{category}"] = "Trace";
            }
        }))
        {
            foreach (var key in (string[])[PushServer.Key, Wrong])
            {
                foreach (var request in Requests(key))
                {
                    using var client = await server.ConnectAsync();
                    answers.Add(await client.RequestAsync(request));
                }
            }
        }

        Assert.Contains(logs.Lines,
            line => line.Contains("bad request data", StringComparison.Ordinal) && line.Contains("[redacted]", StringComparison.Ordinal));
        Assert.NotEmpty(traces.Lines);
        Assert.All([.. logs.Lines, .. traces.Lines, .. answers], line =>
        {
            Assert.DoesNotContain(PushServer.Key, line);
            Assert.DoesNotContain(Wrong, line);
        });
    }

    private static IEnumerable<string[]> Requests(string key)
    {
        string[] upgrade = ["Host: x", "Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="];
        foreach (var path in (string[])["/ws/live", "/v1/games/live", "/v1/ingest", "/nothing"])
        {
            yield return [$"GET {path}?key={key} HTTP/1.1", .. upgrade];
            yield return [$"GET {path}?k%65y={key}&other=1 HTTP/1.1", .. upgrade];
            yield return [$"GET {path} HTTP/1.1", .. upgrade, $"Authorization: Bearer {key}"];
            yield return [$"GET {path} HTTP/1.1", .. upgrade, $"Sec-WebSocket-Protocol: pushnet.v1, key.{key}"];
        }

        yield return [$"GET /ws/live?key={key} HTTP/1.1", "Host: a", "Host: b"];
        yield return [$"GET  /ws/live?key={key} HTTP/1.1", "Host: x"];
        yield return [$"GET /ws/live?key={key} HTTP/9.9", "Host: x"];
        yield return [$"GET /ws/live?key={key}", "Host: x"];
        yield return [$"GET ws/live?key={key} HTTP/1.1", "Host: x"];
        yield return [$"GET /ws/%00live?key={key} HTTP/1.1", "Host: x"];
        yield return ["GET /ws/live HTTP/1.1", "Host: x", $"Authorization Bearer {key}"];
        yield return ["GET /ws/live HTTP/1.1", "Host: x", $"Authorization : Bearer {key}"];
        yield return ["GET /ws/live HTTP/1.1", $"Host: ?key={key}"];
        yield return ["GET /ws/live HTTP/1.1", "Host: x", $"Sec-WebSocket-Protocol key.{key}"];
        yield return ["GET /ws/live HTTP/1.1", "Host: x", $"Content-Length: {key}"];
        yield return ["POST /v1/ingest HTTP/1.1", "Host: x", $"Transfer-Encoding: {key}"];
        yield return [$"{key} /ws/live HTTP/1.1\0", "Host: x"];
    }

    /// <summary>Every activity and every event of the framework's event sources.</summary>
    private sealed class RecordingTraces : EventListener
    {
        private readonly ActivityListener _activities;

        public RecordingTraces()
        {
            _activities = new ActivityListener
            {
                ShouldListenTo = _ => true,
                Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = activity => Lines.Enqueue(
                    $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Baggage)}"),
            };
            ActivitySource.AddActivityListener(_activities);
        }

        public System.Collections.Concurrent.ConcurrentQueue<string> Lines { get; } = new();

        public override void Dispose()
        {
            _activities.Dispose();
            base.Dispose();
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name.Contains("AspNetCore", StringComparison.Ordinal))
            {
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            Lines?.Enqueue($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? new([]))}");
    }
}
