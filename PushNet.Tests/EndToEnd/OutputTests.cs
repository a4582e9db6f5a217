using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;

namespace PushNet.Tests.EndToEnd;

/// <summary>Both ways out of the server, in clear and under TLS.</summary>
public class OutputTests
{
    [Theory]
    [InlineData("direct", false)]
    [InlineData("kestrel", false)]
    [InlineData("direct", true)]
    [InlineData("kestrel", true)]
    public async Task Sockets_and_rest_get_every_byte(string output, bool isTls)
    {
        await using var server = await PushServer.StartAsync(
            builder =>
            {
                if (isTls)
                {
                    builder.WebHost.UseUrls("https://127.0.0.1:0");
                    builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = SelfSigned()));
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

    private static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}
