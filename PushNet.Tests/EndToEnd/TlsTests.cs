using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>
/// TLS by Kestrel's own settings, with a self-signed certificate made by openssl, and WebSockets over HTTP/2 (RFC 8441) on it.
/// </summary>
public sealed class TlsTests : IDisposable
{
    private const string OpenSsl = "/usr/bin/openssl";

    private readonly TempFolder _folder = new();

    [FactWithFile(OpenSsl)]
    public async Task Settings_and_a_certificate_file_are_all_that_tls_needs()
    {
        await MakeCertificate();
        using var server = ServerProcess.Start(
            [],
            ("Kestrel__Endpoints__Https__Url", "https://127.0.0.1:0"),
            ("Kestrel__Certificates__Default__Path", _folder.File("pushnet.crt")),
            ("Kestrel__Certificates__Default__KeyPath", _folder.File("pushnet.key")));
        var url = await server.ListeningAsync();
        Assert.Equal("https", url.Scheme);
        await Eventually.True(() => Task.FromResult(server.Output.Contains("REST:", StringComparison.Ordinal)));
        Assert.Contains($"wss://{url.Authority}/ws/live", server.Output);
        var key = System.Text.RegularExpressions.Regex.Match(server.Output, "pn_demo_[A-Za-z0-9]{32}").Value;

        using var client = await PushClient.JoinAsync(
            new Uri($"wss://{url.Authority}/ws/live?key={key}"), options => options.RemoteCertificateValidationCallback = (
                _, _, _, _) => true);

        Assert.True(client.Snapshot.GetProperty("count").GetInt32() >= 0);
    }

    [Fact]
    public async Task A_websocket_over_http_2_is_like_any_other()
    {
        await using var server = await StartAsync();
        using var handler = AnyCertificate();
        using var invoker = new HttpMessageInvoker(handler);
        await server.IngestAsync(Lines.Game("g1"));
        using var odds = await PushClient.JoinAsync(server.SecureAddress("odds"), Over2, invoker);
        using var live = await PushClient.JoinAsync(server.SecureAddress("live"), Over2, invoker);
        await server.UntilConnectionsAre(2);

        // More than a window of HTTP/2 takes, in pieces that fit into a queue.
        for (var group = 0; group < 10; group++)
        {
            await server.IngestAsync(Lines.MovingPrices("g1", 100, from: group * 100));
            for (var i = 1; i <= 100; i++)
            {
                Assert.Equal(1 + (group * 100) + i, (await odds.ReceiveAsync()).GetProperty("seq").GetInt64());
            }
        }

        await live.SendAsync("ping");
        Assert.Equal("pong", (await live.ReceiveAsync()).GetProperty("type").GetString());
        await odds.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);
        Assert.Equal(WebSocketCloseStatus.NormalClosure, odds.Socket.CloseStatus);
        await server.UntilConnectionsAre(1);
        await live.SendAsync("ping");
        Assert.Equal("pong", (await live.ReceiveAsync()).GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(true, "shared")]
    [InlineData(false, null)]
    public async Task Compression_is_agreed_on_over_http_2(bool withWindow, string? agreed)
    {
        await using var server = await StartAsync();
        using var handler = AnyCertificate();
        using var invoker = new HttpMessageInvoker(handler);
        using var client = await PushClient.JoinAsync(
            server.SecureAddress("live"),
            options =>
            {
                Over2(options);
                options.DangerousDeflateOptions = new WebSocketDeflateOptions { ServerContextTakeover = withWindow };
            },
            invoker);

        Assert.Equal(agreed, client.Welcome.TryGetProperty("compression", out var said) ? said.GetString() : null);
        await client.SendAsync("ping");
        Assert.Equal("pong", (await client.ReceiveAsync()).GetProperty("type").GetString());
    }

    [Fact]
    public async Task Over_http_2_what_is_refused_is_refused_with_the_same_status()
    {
        await using var server = await StartAsync(("Limits:MaxConnections", "1"));
        using var handler = AnyCertificate();
        using var invoker = new HttpMessageInvoker(handler);

        Assert.Equal(HttpStatusCode.Unauthorized, await Refused("live", "key=wrong-key-0123456789"));
        Assert.Equal(HttpStatusCode.BadRequest, await Refused("live", $"key={PushServer.Key}&nonsense=1"));
        using var plain = new HttpRequestMessage(HttpMethod.Get, "/ws/live")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var answer = await server.Http.SendAsync(plain);
        Assert.Equal((HttpStatusCode.UpgradeRequired, HttpVersion.Version20), (answer.StatusCode, answer.Version));

        using var only = await PushClient.JoinAsync(server.SecureAddress("live"), Over2, invoker);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Refused("live", $"key={PushServer.Key}"));

        async Task<HttpStatusCode> Refused(string channel, string query)
        {
            using var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
            Over2(socket.Options);
            await Assert.ThrowsAsync<WebSocketException>(
                () => socket.ConnectAsync(server.SecureAddress(channel, query), invoker, CancellationToken.None));
            return socket.HttpStatusCode;
        }
    }

    [Fact]
    public async Task A_stopping_server_says_goodbye_over_http_2()
    {
        await using var server = await StartAsync();
        using var handler = AnyCertificate();
        using var invoker = new HttpMessageInvoker(handler);
        using var client = await PushClient.JoinAsync(server.SecureAddress("live"), Over2, invoker);

        var stopping = server.StopAsync();
        await client.ReceiveUntilAsync("reconnect");
        await Assert.ThrowsAnyAsync<Exception>(() => client.ReceiveUntilAsync("nothing"));

        Assert.Equal(1012, (int)client.Socket.CloseStatus!);
        await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        await stopping.WaitAsync(PushServer.Patience);
    }

    [Fact]
    public async Task Ingest_goes_over_http_2_as_well()
    {
        await using var server = await StartAsync();
        using var body = PushServer.Ndjson([Lines.Game("g1"), Lines.Price("g1", 110)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/ingest?acks=1")
        {
            Content = body,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };

        using var response = await server.Http.SendAsync(request);

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
        var last = (await response.Content.ReadAsStringAsync()).Trim().Split('\n')[^1];
        Assert.Equal(2, JsonDocument.Parse(last).RootElement.GetProperty("applied").GetInt32());
    }

    public void Dispose() => _folder.Dispose();

    private static Task<PushServer> StartAsync(params (string, string)[] settings) => PushServer.StartAsync(SelfSigned.Use, settings);

    private static void Over2(ClientWebSocketOptions options) =>
        (options.HttpVersion, options.HttpVersionPolicy) = (HttpVersion.Version20, HttpVersionPolicy.RequestVersionExact);

    private static SocketsHttpHandler AnyCertificate() =>
        new() { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } };

    private async Task MakeCertificate()
    {
        using var openssl = Process.Start(new ProcessStartInfo(OpenSsl,
        [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "365", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", _folder.File("pushnet.key"), "-out", _folder.File(
                "pushnet.crt"),
        ])
        { RedirectStandardError = true })!;
        var error = await openssl.StandardError.ReadToEndAsync();
        await openssl.WaitForExitAsync();
        Assert.True(openssl.ExitCode == 0, error);
    }
}
