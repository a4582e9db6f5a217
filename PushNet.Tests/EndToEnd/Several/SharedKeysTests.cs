using System.Net;
using System.Net.Http.Headers;
using System.Text;
using PushNet.Actors.Log.Nats;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Keys.Bucket;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>Servers on a NATS with the configuration of deploy/, which allows them no more than they need.</summary>
public sealed class SharedKeysTests : IDisposable
{
    private static readonly TimeSpan RevokedWithin = TimeSpan.FromSeconds(10);

    private readonly TempFolder _folder = new();

    [FactWithFile(NatsServer.Program)]
    public async Task Keys_open_all_servers_until_they_are_revoked_and_NATS_refuses_the_servers_nothing()
    {
        var deployed = new DeployedNats(_folder);
        await using var nats = await deployed.StartAsync();
        var url = DeployedNats.UrlOf(nats);
        await using var a = await StartAsync("a", url);
        await using var b = await StartAsync("b", url);
        await b.IngestAsync(Lines.Game("g1"));
        using var operators = new OperatorClient(a);
        await Eventually.True(async () =>
        {
            var shown = await operators.Http.GetStringAsync("/metrics");
            var servers = await operators.GetAsync("/ops/server/list");
            return servers.GetArrayLength() == 2 && MetricsTests.OfLog.All(name => shown.Contains($"\n{name}{{", StringComparison.Ordinal));
        });

        var file = new KeyFile(_folder.File("keys.db"), TimeProvider.System);
        var secret = file.Create(new NewKey("board", ["live"], default, null));
        using (var import = ServerProcess.Start(["keys", "import", file.FullPath], ("PushNet__Data__Nats", url)))
        {
            await import.ExitAsync();
            Assert.True(import.ExitCode == 0, import.Output);
            await import.PrintedAsync("Keys in the bucket PUSHNET_KEYS of NATS\nImported 1: board");
        }

        using var ofA = await JoinAsync(a, secret);
        using var ofB = await JoinAsync(b, secret);
        var settings = new NatsLogSettings { Url = url };
        await using var bucket = new KeyBucket(settings, "test", TimeProvider.System);
        var begin = TimeProvider.System.GetTimestamp();
        Assert.Empty(await bucket.RevokeAsync("board", [], CancellationToken.None));
        Assert.All(
            await Task.WhenAll(ofA.ReadUntilAsync(RawFrame.Close), ofB.ReadUntilAsync(RawFrame.Close)),
            close => Assert.Equal((1008, "the key was revoked"), (close!.CloseCode, Encoding.UTF8.GetString(close.Payload.AsSpan(2)))));
        Assert.InRange(TimeProvider.System.GetElapsedTime(begin), TimeSpan.Zero, RevokedWithin);
        await Eventually.True(async () => (await bucket.KeysAsync(CancellationToken.None))[0].LastUsedAt is not null);

        // Old images are deleted behind new ones.
        await using var connection = new NatsLogConnection(settings);
        var images = new NatsImages(connection, settings);
        for (var sequence = 1; sequence <= NatsImages.Kept + 1; sequence++)
        {
            await images.PutAsync(sequence, [1], CancellationToken.None);
        }

        Assert.DoesNotContain("Violation", deployed.Log);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<PushServer> StartAsync(string name, string url) => PushServer.StartAsync(
        PushServer.WithOperatorPort, ("Data:Nats", url), ("Data:Log:Name", name), ("Data:Log:MaxBytes", "67108864"));

    internal static async Task<RawClient> JoinAsync(PushServer server, string key)
    {
        await Eventually.True(async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/games/live");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            using var response = await server.Http.SendAsync(request);
            return response.StatusCode == HttpStatusCode.OK;
        });
        return await (await server.ConnectAsync()).JoinAsync("live", key);
    }
}
