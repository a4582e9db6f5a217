using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using PushNet.Web.Hosting;

namespace PushNet.Tests.EndToEnd;

/// <summary>The real server on a real Kestrel at a free port of loopback.</summary>
internal sealed class PushServer : IAsyncDisposable
{
    public const string Key = "test-key-with-every-scope";
    public const string LiveOnlyKey = "test-key-for-live-only";

    /// <summary>Long enough for a machine under load; a test that waits this long has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>A setting: the operator port at a free port, on an address of its own so that tests can tell the two apart.</summary>
    public static readonly (string Name, string Value) WithOperatorPort = ("Operator:Url", $"http://{OperatorHost}:0");

    /// <summary>A setting: metrics at a free port, on an address of their own as well.</summary>
    public static readonly (string Name, string Value) WithMetrics = ("Operator:Metrics:Url", $"http://{MetricsHost}:0");

    private const string OperatorHost = "127.0.0.2";
    private const string MetricsHost = "127.0.0.3";

    private readonly WebApplication _app;

    private PushServer(WebApplication app)
    {
        _app = app;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(
            address => new Uri(address)).ToList();
        Url = addresses.Single(address => address.Host is not (OperatorHost or MetricsHost));
        OperatorUrl = addresses.SingleOrDefault(address => address.Host == OperatorHost);
        MetricsUrl = addresses.SingleOrDefault(address => address.Host == MetricsHost);

        // Tests of TLS use a self-signed certificate.
        Http = new HttpClient(new HttpClientHandler
        {
            ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
        })
        {
            BaseAddress = Url,
        };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
    }

    public Uri Url { get; }

    /// <summary>The operator port; null unless the test asked for one with <see cref="WithOperatorPort"/>.</summary>
    public Uri? OperatorUrl { get; }

    /// <summary>Where metrics alone are; null unless the test asked for it with <see cref="WithMetrics"/>.</summary>
    public Uri? MetricsUrl { get; }

    /// <summary>A client with the key that may do everything.</summary>
    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<PushServer> StartAsync(params (string Name, string Value)[] settings) => await StartAsync(null, settings);

    public static async Task<PushServer> StartAsync(Action<WebApplicationBuilder>? configure, params (string Name, string Value)[] settings)
    {
        var app = PushNetServer.Build(builder =>
        {
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Configuration["PushNet:Data:Directory"] = "";
            builder.Configuration["PushNet:Operator:Url"] = "";
            builder.Configuration["PushNet:Sockets:CompressionCanary"] = "true";
            builder.Configuration.AddInMemoryCollection(
            [
                KeyValuePair.Create<string, string?>("PushNet:ApiKeys:0:Name", "all"),
                KeyValuePair.Create<string, string?>("PushNet:ApiKeys:0:Key", Key),
                KeyValuePair.Create<string, string?>("PushNet:ApiKeys:0:Scopes", "live,odds,ingest,ops"),
                KeyValuePair.Create<string, string?>("PushNet:ApiKeys:1:Name", "live-only"),
                KeyValuePair.Create<string, string?>("PushNet:ApiKeys:1:Key", LiveOnlyKey),
                KeyValuePair.Create<string, string?>("PushNet:ApiKeys:1:Scopes", "live"),
                .. settings.Select(s => KeyValuePair.Create<string, string?>($"PushNet:{s.Name}", s.Value)),
            ]);

            // Room for 2,000 series, as by default, takes 200 KB of each instrument of each server.
            builder.Services.ConfigureOpenTelemetryMeterProvider(
                metrics => metrics.AddView(_ => new MetricStreamConfiguration { CardinalityLimit = 100 }));
            configure?.Invoke(builder);
        });
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new PushServer(app);
    }

    public Uri Address(string channel, string query = $"key={Key}") => new($"ws://{Url.Authority}/ws/{channel}?{query}");

    /// <summary>The same under TLS.</summary>
    public Uri SecureAddress(string channel, string query = $"key={Key}") =>
        new UriBuilder(Address(channel, query)) { Scheme = Uri.UriSchemeWss }.Uri;

    /// <summary>Opens a client of .NET's own and reads its welcome and snapshot.</summary>
    /// <param name="channel">live or odds.</param>
    /// <param name="ask">What it asks for, as a query.</param>
    public async Task<PushClient> JoinAsync(string channel, string ask = "") =>
        await PushClient.JoinAsync(Address(channel, $"key={Key}{(ask.Length > 0 ? "&" : "")}{ask}"));

    /// <summary>Opens a raw connection.</summary>
    /// <param name="receiveBuffer">SO_RCVBUF; small for a client that is meant to stall. 0: the kernel's own choice.</param>
    public async Task<RawClient> ConnectAsync(int receiveBuffer = 0)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        if (receiveBuffer > 0)
        {
            socket.ReceiveBufferSize = receiveBuffer;
        }

        await socket.ConnectAsync(Url.Host, Url.Port);
        return new RawClient(socket, Url.Authority);
    }

    /// <summary>Sends observations and returns the summary; fails when a line was rejected.</summary>
    public async Task<JsonElement> IngestAsync(params IEnumerable<string> lines)
    {
        using var body = Ndjson(lines);
        using var response = await Http.PostAsync("/v1/ingest", body);
        var summary = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.True(response.IsSuccessStatusCode && summary.GetProperty("rejected").GetInt64() == 0, summary.ToString());
        return summary;
    }

    public static StringContent Ndjson(IEnumerable<string> lines) =>
        new(string.Join('\n', lines), new MediaTypeHeaderValue("application/x-ndjson"));

    public async Task<JsonElement> GetJsonAsync(string path) => JsonDocument.Parse(await Http.GetStringAsync(path)).RootElement;

    /// <summary>Waits until as many slots are taken as expected.</summary>
    public async Task UntilConnectionsAre(int expected)
    {
        await Eventually.True(async () => (await GetJsonAsync("/health")).GetProperty("connections").GetInt32() == expected);
    }

    /// <summary>Stops the server as a signal would.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }
}
