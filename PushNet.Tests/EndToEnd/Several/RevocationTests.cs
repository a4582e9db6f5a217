using System.Text;
using PushNet.Actors.Log.Nats;
using PushNet.Web.Security.Keys;
using PushNet.Web.Security.Keys.Bucket;
using Xunit.Abstractions;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>Keys are revoked on three servers while the server of NATS is killed that leads the bucket of keys.</summary>
[Collection(Alone.Name)]
public sealed class RevocationTests(ITestOutputHelper output)
{
    private const int Times = 5;

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(5);

    [LongFact(NatsServer.Program)]
    public async Task A_key_that_is_revoked_opens_no_server_any_more_though_NATS_servers_die()
    {
        await using var nats = await NatsCluster.StartAsync([Machine.Here, Machine.Here, Machine.Here]);
        var servers = new List<PushServer>();
        foreach (var name in ServersOnLog.Names)
        {
            servers.Add(await PushServer.StartAsync(
                ("Data:Nats", nats.Url), ("Data:Log:Name", name), ("Data:Log:MaxBytes", "67108864")));
        }

        var where = new NatsLogSettings { Url = nats.Url, Replicas = 3 };
        await using var bucket = new KeyBucket(where, "test", TimeProvider.System, where.Patience);
        for (var i = 0; i < Times; i++)
        {
            foreach (var isKilledBefore in new[] { false, true })
            {
                var name = $"board-{i}-{isKilledBefore}".ToLowerInvariant();
                var secret = await bucket.CreateAsync(new NewKey(name, ["live"], default, null), CancellationToken.None);
                var clients = await Task.WhenAll(servers.Select(server => SharedKeysTests.JoinAsync(server, secret)));
                var (leader, _) = await nats.RolesAsync($"KV_{bucket.Name}");
                var begin = TimeProvider.System.GetTimestamp();
                if (isKilledBefore)
                {
                    await leader.KillAsync();
                }

                await bucket.RevokeAsync(name, [], CancellationToken.None);
                var revoked = TimeProvider.System.GetElapsedTime(begin);
                if (!isKilledBefore)
                {
                    await leader.KillAsync();
                }

                var closes = await Task.WhenAll(clients.Select(client => client.ReadUntilAsync(RawFrame.Close)));
                var closed = TimeProvider.System.GetElapsedTime(begin);
                output.WriteLine(
                    $"a key is revoked and the leader killed {(isKilledBefore ? "before" : "afterwards")}: the command took "
                        + $"{revoked.TotalSeconds:0.0} s, and {(closed - revoked).TotalSeconds:0.0} s later nobody had it");
                Assert.All(closes, close => Assert.Equal("the key was revoked", Encoding.UTF8.GetString(close!.Payload.AsSpan(2))));
                Assert.InRange(closed - revoked, TimeSpan.Zero, Within);
                foreach (var client in clients)
                {
                    client.Dispose();
                }

                await leader.StartAgainAsync();
            }
        }

        foreach (var server in servers)
        {
            await server.DisposeAsync();
        }
    }
}
