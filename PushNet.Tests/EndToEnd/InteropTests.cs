using System.Diagnostics;

namespace PushNet.Tests.EndToEnd;

/// <summary>A client that shares no code with .NET.</summary>
public class InteropTests
{
    private const string Websockets = "/usr/lib/python3/dist-packages/websockets/__init__.py";

    [FactWithFile(Websockets)]
    public async Task A_client_of_pythons_websockets_is_served()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Lines.Game("g1"));
        var start = new ProcessStartInfo("/usr/bin/python3", ["-u", "-m", "websockets", server.Address("live").ToString()])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var client = Process.Start(start)!;

        await ReadUntil(client, "\"type\":\"snapshot\"");
        await server.IngestAsync(Lines.Game("g1", home: 7));
        await ReadUntil(client, "\"score_home\":7");
        await client.StandardInput.WriteLineAsync("ping");
        await ReadUntil(client, "\"type\":\"pong\"");

        client.StandardInput.Close();
        await server.UntilConnectionsAre(0);
        await client.WaitForExitAsync().WaitAsync(PushServer.Patience);
    }

    [FactWithFile(Websockets)]
    public async Task A_snapshot_of_more_than_1_mib_needs_the_setting_that_the_docs_name()
    {
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Enumerable.Range(0, 2_500).Select(i => Lines.Game($"g{i}")));

        // After its close frame, the library waits twice close_timeout for the end.
        Assert.Contains("1009", await ReadSnapshot(server, "close_timeout=0.5"));
        Assert.InRange(int.Parse(await ReadSnapshot(server, "max_size=None")), 1024 * 1024, int.MaxValue);
        await server.UntilConnectionsAre(0);
    }

    /// <summary>The length of the snapshot, or what went wrong.</summary>
    private static async Task<string> ReadSnapshot(PushServer server, string arguments)
    {
        var script = $"""
            import asyncio, websockets
            async def main():
                async with websockets.connect("{server.Address("live")}", {arguments}) as socket:
                    await socket.recv()
                    print(len(await socket.recv()))
            try:
                asyncio.run(main())
            except Exception as e:
                print(e)
            """;
        using var client = Process.Start(new ProcessStartInfo("/usr/bin/python3", ["-c", script]) { RedirectStandardOutput = true })!;
        return await client.StandardOutput.ReadToEndAsync().WaitAsync(PushServer.Patience);
    }

    private static async Task ReadUntil(Process client, string text)
    {
        while (await client.StandardOutput.ReadLineAsync().WaitAsync(PushServer.Patience) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"the client ended before it got {text}");
    }
}
