using System.Diagnostics;
using System.Text.Json.Nodes;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Clients;

/// <summary>One family, one behavior: each client plays every scenario of scenarios.json.</summary>
public sealed class ClientScenarioTests
{
    private const string Folder = "PushNet.Tests/Clients";

    [FactWithFile($"{Folder}/node_modules/ws/package.json")]
    public Task The_client_of_js() => PlaysAsync("node", "scenarios.mjs");

    [FactWithFile("/usr/lib/python3/dist-packages/websockets/__init__.py")]
    public Task The_client_of_python() => PlaysAsync("/usr/bin/python3", "scenarios.py");

    [Fact]
    public async Task The_client_of_dotnet()
    {
        await using var server = await ScenarioServer.StartAsync();
        Check(server, await DotnetScenarios.PlayAllAsync(server.Authority).WaitAsync(PushServer.Patience));
    }

    private static async Task PlaysAsync(string program, string runner)
    {
        await using var server = await ScenarioServer.StartAsync();
        using var process = Process.Start(new ProcessStartInfo(program, [runner, server.Authority])
        {
            WorkingDirectory = DocsTests.PathOf(Folder),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(PushServer.Patience);
        await process.WaitForExitAsync().WaitAsync(PushServer.Patience);
        Assert.True(process.ExitCode == 0, await errors);
        Check(server, [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())]);
    }

    private static void Check(ScenarioServer server, List<JsonObject> told)
    {
        Assert.Equal(Scenario.All.Count, told.Count);
        var differences = string.Join('\n',
            Scenario.All.Zip(told).SelectMany(pair => pair.First.Differences(pair.Second)).Concat(server.Problems));
        Assert.True(differences.Length == 0, differences);
    }
}
