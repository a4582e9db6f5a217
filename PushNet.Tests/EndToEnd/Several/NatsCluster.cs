using NATS.Client.Core;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>Three servers of NATS that keep streams together.</summary>
internal sealed class NatsCluster : IAsyncDisposable
{
    private readonly TempFolder _logs = new();
    private IReadOnlyList<NatsServer> _servers = [];

    private NatsCluster()
    {
    }

    /// <summary>All of them, as a client takes them.</summary>
    public string Url => string.Join(',', _servers.Select(server => server.Url));

    /// <summary>The servers, in the order of their machines.</summary>
    public IReadOnlyList<NatsServer> Servers => _servers;

    /// <summary>Starts them.</summary>
    /// <param name="machines">Where, one each.</param>
    public static async Task<NatsCluster> StartAsync(IReadOnlyList<Machine> machines)
    {
        var routes = machines.Select(machine => $"nats://{machine.Routes}:{NatsServer.FreePort()}").ToList();
        var all = string.Join(',', routes);
        var cluster = new NatsCluster();
        var configuration = cluster._logs.File("nats.conf");

        // As in deploy/nats.conf.
        await File.WriteAllTextAsync(configuration, "ping_interval: \"5s\"");
        cluster._servers = await Task.WhenAll(routes.Select((route, i) => NatsServer.StartAsync(
            machines[i],
            [
                "-c", configuration, "-n", NameOf(i), "-cluster_name", "pushnet", "-cluster", route, "-routes", all,
                "-l", cluster._logs.File(NameOf(i)),
            ])));

        // They elect somebody first.
        await Eventually.True(() => AnswersAsync(cluster._servers[0]));
        return cluster;
    }

    /// <summary>Waits until all three have the whole stream.</summary>
    /// <returns>The one that leads it, and those that follow it.</returns>
    public async Task<(NatsServer Leader, IReadOnlyList<NatsServer> Followers)> RolesAsync(string stream)
    {
        string? leader = null;
        await Eventually.True(async () =>
        {
            try
            {
                var info = (await _servers[0].JetStream.GetStreamAsync(stream)).Info.Cluster;
                leader = info?.Leader;
                return leader is not null && info!.Replicas is { Count: 2 } others
                    && others.All(other => other is { Current: true, Offline: false });
            }
            catch (NatsException)
            {
                // They elect somebody.
                return false;
            }
        });
        return (_servers.Single(server => NameOf(server) == leader), [.. _servers.Where(server => NameOf(server) != leader)]);

        string NameOf(NatsServer server) => NatsCluster.NameOf(_servers.ToList().IndexOf(server));
    }

    /// <summary>How often a leader of a stream was elected so far.</summary>
    public int Elections(string stream) => Directory.GetFiles(_logs.Name)
        .SelectMany(File.ReadLines)
        .Count(line => line.Contains($"new stream leader for '$G > {stream}'", StringComparison.Ordinal));

    /// <summary>Does the same to all of them.</summary>
    public Task AllAsync(Func<NatsServer, Task> work) => Task.WhenAll(_servers.Select(work));

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }

        _logs.Dispose();
    }

    private static string NameOf(int i) => $"n{i}";

    private static async Task<bool> AnswersAsync(NatsServer server)
    {
        try
        {
            return await server.JetStream.GetAccountInfoAsync() is not null;
        }
        catch (NatsException)
        {
            return false;
        }
    }
}
