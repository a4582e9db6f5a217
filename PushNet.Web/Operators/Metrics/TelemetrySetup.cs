using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using PushNet.Actors.Telemetry;
using PushNet.Web.Http;
using PushNet.Web.Operators.Port;
using PushNet.Web.Security;
using PushNet.Web.Telemetry;

namespace PushNet.Web.Operators.Metrics;

/// <summary>Metrics for Prometheus, and metrics and traces by OTLP where the standard environment variables name a collector.</summary>
internal static class TelemetrySetup
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string RuntimeMeter = "System.Runtime";

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ConnectionMetrics>();
        services.AddHostedService<BoardSampler>();
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("pushnet", serviceVersion: ServerVersion.Text));
        telemetry.WithMetrics(metrics =>
        {
            // The meters of ASP.NET Core are left out, because they keep tags for every connection as long as it is open.
            metrics.AddMeter(PushMetrics.Name, RuntimeMeter).AddInstrumentation<SourceMetrics>().AddInstrumentation<KeyMetrics>()
                .AddPrometheusExporter(prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0);
            if (IsSet(builder.Configuration, "METRICS"))
            {
                metrics.AddOtlpExporter();
            }
        });
        if (IsSet(builder.Configuration, "TRACES"))
        {
            telemetry.WithTracing(traces => traces.AddSource(PushMetrics.Name).AddOtlpExporter());
        }
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes) =>
        routes.MapPrometheusScrapingEndpoint(OperatorPort.MetricsPath).RequireAuthorization(KeyScope.Metrics);

    private static bool IsSet(IConfiguration configuration, string signal) =>
        !string.IsNullOrEmpty(configuration[OtlpEndpoint])
            || !string.IsNullOrEmpty(configuration[OtlpEndpoint.Replace("OTLP_", $"OTLP_{signal}_", StringComparison.Ordinal)]);
}
