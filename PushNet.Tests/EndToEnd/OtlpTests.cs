using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace PushNet.Tests.EndToEnd;

// For the same reason as the tests of the metrics.
[Collection(Alone.Name)]
public class OtlpTests
{
    [Fact]
    public async Task Metrics_and_traces_go_where_the_standard_variables_say()
    {
        await using var collector = new Collector();
        await collector.StartAsync();
        await using var server = await PushServer.StartAsync(builder =>
        {
            builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url;
            builder.Configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
            builder.Configuration["OTEL_BSP_SCHEDULE_DELAY"] = "50";
            builder.Configuration["OTEL_METRIC_EXPORT_INTERVAL"] = "100";
        });
        await server.IngestAsync(Lines.Game("g1"));
        using var client = await server.JoinAsync("live");

        // Names are written as they are in Protocol Buffers.
        await Eventually.True(() => Task.FromResult(
            collector.Has("/v1/metrics", "pushnet.connections") && collector.Has("/v1/traces", "join")
                && collector.Has("/v1/traces", "pushnet.source")));
    }

    /// <summary>Takes what exporters send.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly ConcurrentQueue<(string Path, string Body)> _taken = new();
        private readonly WebApplication _app;

        public Collector()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            _app = builder.Build();
            _app.Run(async context =>
            {
                var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                _taken.Enqueue((context.Request.Path, Encoding.Latin1.GetString(body.ToArray())));
            });
        }

        public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        public Task StartAsync() => _app.StartAsync();

        public bool Has(string path, string name) =>
            _taken.Any(one => one.Path == path && one.Body.Contains(name, StringComparison.Ordinal));

        public ValueTask DisposeAsync() => _app.DisposeAsync();
    }
}
