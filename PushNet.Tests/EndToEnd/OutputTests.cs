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
    public async Task Sockets_and_rest_get_every_byte(string output, bool isTls)
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

        Assert.Equal(500, client.Snapshot.GetProperty("games").GetArrayLength());
        for (var group = 0; group < 10; group++)
        {
            await server.IngestAsync(Lines.MovingPrices("game-0", 100, from: group * 100));
            for (var i = 1; i <= 100; i++)
            {
                Assert.Equal(500 + (group * 100) + i, (await client.ReceiveAsync()).GetProperty("seq").GetInt64());
            }
        }

        await client.SendAsync("ping");
        Assert.Equal("pong", (await client.ReceiveAsync()).GetProperty("type").GetString());
        Assert.Equal(500, (await server.GetJsonAsync("/v1/games/live")).GetProperty("games").GetArrayLength());
    }

    private static bool AcceptAny(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;
}
