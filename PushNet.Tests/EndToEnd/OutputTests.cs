using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace PushNet.Tests.EndToEnd;

/// <summary>All ways out of the server, in clear and under TLS.</summary>
public class OutputTests
{
    [Theory]
    [InlineData("ring", false)]
    [InlineData("direct", false)]
    [InlineData("kestrel", false)]
    [InlineData("ring", true)]
    [InlineData("direct", true)]
    [InlineData("kestrel", true)]
    public async Task Sockets_event_streams_and_rest_get_every_byte(string output, bool isTls)
    {
        await using var server = await PushServer.StartAsync(
            builder =>
            {
                if (isTls)
                {
                    SelfSigned.Use(builder);
                }
            },
            ("Sockets:Output", output));
        await server.IngestAsync(Enumerable.Range(0, 500).Select(i => Lines.Game($"game-{i}")));
        using var client = await PushClient.JoinAsync(
            new Uri($"{(isTls ? "wss" : "ws")}://{server.Url.Authority}/ws/odds?key={PushServer.Key}"),
            options => options.RemoteCertificateValidationCallback = AcceptAny);
        using var http1 = await EventStreamClient.JoinAsync(server, "odds");
        using var http2 = isTls ? await EventStreamClient.JoinAsync(server, "odds", version: HttpVersion.Version20) : null;

        Assert.Equal(500, client.Snapshot.GetProperty("games").GetArrayLength());
        for (var group = 0; group < 10; group++)
        {
            await server.IngestAsync(Lines.MovingPrices("game-0", 100, from: group * 100));
            for (var i = 1; i <= 100; i++)
            {
                var frame = await client.ReceiveTextAsync();
                Assert.EndsWith($"\"seq\":{500 + (group * 100) + i}}}", frame);
                Assert.Equal(frame, (await http1.NextAsync()).Data);
                Assert.Equal(frame, http2 is null ? frame : (await http2.NextAsync()).Data);
            }
        }

        await client.SendAsync("ping");
        Assert.Equal("pong", (await client.ReceiveAsync()).GetProperty("type").GetString());
        Assert.Equal(500, (await server.GetJsonAsync("/v1/games/live")).GetProperty("games").GetArrayLength());
    }

    private static bool AcceptAny(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;
}
