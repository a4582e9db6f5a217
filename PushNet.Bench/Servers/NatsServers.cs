using NATS.Client.Core;
using NATS.Client.JetStream;

namespace PushNet.Bench.Servers;

/// <summary>One NATS server, or several that keep streams together, with JetStream in a folder of their own.</summary>
internal sealed class NatsServers : IStore
{
    // Debian's place, which the path of most users leaves out.
    private const string Debian = "/usr/sbin/nats-server";
    private const string Url = "nats://127.0.0.1:";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pushnet-bench-");
    private readonly IReadOnlyList<int> _ports;
    private readonly IReadOnlyList<Daemon> _servers;

    private NatsServers(int count)
    {
        var ports = Enumerable.Range(0, 2 * count).Select(_ => ServerUnderTest.FreePort()).ToList();
        var routes = ports[count..].Select(port => $"{Url}{port}").ToList();
        _ports = ports[..count];
        _servers = [.. _ports.Zip(routes, (port, route) => new Daemon(
            "nats-server",
            [
                File.Exists(Debian) ? Debian : "nats-server", "-js", "-a", "127.0.0.1", "-p", $"{port}",
                "-sd", Path.Combine(_folder.FullName, $"{port}"),
                .. count == 1 ? [] : (string[])
                    ["-n", $"{port}", "-cluster_name", "bench", "-cluster", route, "-routes", string.Join(',', routes)],
            ]))];
    }

    /// <inheritdoc />
    public (string Name, string Value) Setting => ("PushNet__Data__Nats", string.Join(',', _ports.Select(port => $"{Url}{port}")));

    /// <inheritdoc />
    public CpuTime Cpu => _servers.Select(server => server.Cpu).Aggregate((one, other) => one + other);

    /// <summary>Starts them, and waits until they have elected one of them.</summary>
    /// <exception cref="InvalidOperationException">One did not start.</exception>
    public static async Task<NatsServers> StartAsync(int count)
    {
        var servers = new NatsServers(count);
        try
        {
            foreach (var (server, port) in servers._servers.Zip(servers._ports))
            {
                await server.UntilAsync(() => HasJetStreamAsync(port).GetAwaiter().GetResult());
            }

            return servers;
        }
        catch
        {
            servers.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var server in _servers)
        {
            server.Dispose();
        }

        _folder.Delete(recursive: true);
    }

    private static async Task<bool> HasJetStreamAsync(int port)
    {
        await using var connection = new NatsConnection(new NatsOpts { Url = $"{Url}{port}" });
        try
        {
            _ = await new NatsJSContext(connection).GetAccountInfoAsync();
            return true;
        }
        catch (NatsException)
        {
            return false;
        }
    }
}
