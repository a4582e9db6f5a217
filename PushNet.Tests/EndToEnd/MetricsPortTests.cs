using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PushNet.Actors.Feed.Health;

namespace PushNet.Tests.EndToEnd;

/// <summary>The address for metrics, and what a server tells its operator without being asked.</summary>
public class MetricsPortTests
{
    private const string Key = "test-key-that-reads-metrics";

    private static readonly (string, string)[] Settings =
    [
        PushServer.WithOperatorPort, PushServer.WithMetrics,
        ("ApiKeys:2:Name", "prometheus"), ("ApiKeys:2:Key", Key), ("ApiKeys:2:Scopes", "metrics"),
    ];

    [Fact]
    public async Task Metrics_alone_are_at_an_address_of_their_own_for_a_key_that_opens_nothing_else()
    {
        await using var server = await PushServer.StartAsync(Settings);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server.MetricsUrl!, "/metrics", Key));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server.MetricsUrl!, "/metrics", PushServer.Key));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server.MetricsUrl!, "/metrics", PushServer.LiveOnlyKey));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server.MetricsUrl!, $"/metrics?key={Key}", null));
        foreach (var path in (string[])["/", "/ops", "/ops/server/status", "/v1/games/live", "/ws/live", "/health", "/metrics/x"])
        {
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server.MetricsUrl!, path, PushServer.Key));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(server.OperatorUrl!, "/metrics", Key));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server.OperatorUrl!, "/ops/server/status", Key));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(server.Url, "/metrics", Key));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(server.Url, "/v1/games/live", Key));
    }

    [Fact]
    public async Task A_broker_that_cannot_be_reached_and_data_beside_the_program_are_told_with_what_to_do()
    {
        using var logs = new RecordingLogs();
        var data = Path.Combine(AppContext.BaseDirectory, Path.GetRandomFileName());
        await using (var server = await PushServer.StartAsync(
            builder => builder.Logging.AddProvider(logs),
            ("Data:Directory", data), ("Feed:Kind", "nats"), ("Feed:Url", "nats://somebody:secret@127.0.0.1:1")))
        {
            var health = server.Services.GetRequiredService<SourceRegistry>();
            await Eventually.True(() => Task.FromResult(health.Reports[0].Error is not null));

            Assert.Equal("NATS can't be reached at nats://127.0.0.1:1: Connection refused", health.Reports[0].Error);
            await Eventually.True(() => Task.FromResult(logs.Lines.Any(line =>
                line.Contains($"{data} lies beside the program", StringComparison.Ordinal))));
        }

        Directory.Delete(data, recursive: true);
    }

    private static async Task<HttpStatusCode> StatusAsync(Uri url, string path, string? key)
    {
        using var http = new HttpClient { BaseAddress = url };
        http.DefaultRequestHeaders.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        using var response = await http.GetAsync(path);
        return response.StatusCode;
    }
}
