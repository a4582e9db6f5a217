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

/// <summary>A test that is skipped, by name, where a file of a package it needs is missing; its path is absolute or from the solution's folder.</summary>
internal sealed class FactWithFileAttribute : FactAttribute
{
    public FactWithFileAttribute(string file) => Skip = File.Exists(Path.Combine(DocsTests.Root, file)) ? null : $"{file} is missing; test.sh installs it";
}
