using System.Net;
using PushNet.Bench.Load;

namespace PushNet.Bench.Servers;

/// <summary>The servers of a run: one, or several on one log. What they cost is added up.</summary>
internal sealed class ServersUnderTest : IAsyncDisposable
{
    private readonly List<ServerUnderTest> _servers = [];

    private ServersUnderTest()
    {
    }

    /// <summary>Where they listen.</summary>
    public IReadOnlyList<IPEndPoint> Addresses => [.. _servers.Select(server => server.Address)];

    /// <summary>CPU time used so far.</summary>
    public CpuTime Cpu => _servers.Select(server => server.Cpu).Aggregate((one, other) => one + other);

    /// <summary>Resident memory in bytes.</summary>
    public long Rss => _servers.Sum(server => server.Rss);

    /// <summary>Garbage collections so far.</summary>
    public async Task<Collections> CollectionsAsync() =>
        (await Task.WhenAll(_servers.Select(server => server.CollectionsAsync()))).Aggregate((one, other) => one + other);

    /// <summary>How far the last of them is behind the log; null when there is none.</summary>
    public async Task<TimeSpan?> BehindAsync() => (await Task.WhenAll(_servers.Select(server => server.BehindAsync()))).Max();

    /// <summary>Starts them one after the other, and waits until each answers.</summary>
    /// <param name="kind">What to start.</param>
    /// <param name="options">How many, and the key to let in.</param>
    /// <param name="wire">What lies between them and their clients; null for loopback.</param>
    /// <param name="settings">Further environment variables.</param>
    public static async Task<ServersUnderTest> StartAsync(
        ServerKind kind, LoadOptions options, Wire? wire, IReadOnlyList<(string Name, string Value)> settings)
    {
        var servers = new ServersUnderTest();
        try
        {
            for (var i = 0; i < options.Servers; i++)
            {
                servers._servers.Add(await ServerUnderTest.StartAsync(kind, options, wire, settings));
            }

            return servers;
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }
}
