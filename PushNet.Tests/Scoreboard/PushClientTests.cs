using System.Diagnostics;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Scoreboard;

/// <summary>
/// pushnet-client.js in Node against the real server, and the pure parts of the page. The tests themselves are in client/*.test.js.
/// </summary>
public class PushClientTests
{
    private const string Folder = "PushNet.Tests/Scoreboard/client";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [FactWithFile($"{Folder}/node_modules/ws/package.json")]
    public async Task The_client_module_passes_its_tests_in_node()
    {
        var start = new ProcessStartInfo("node", ["--test", "--test-reporter=tap"])
        {
            WorkingDirectory = Path.Combine(DocsTests.Root, Folder),
            RedirectStandardOutput = true,
        };
        start.Environment["PUSHNET_SERVER"] = Path.Combine(AppContext.BaseDirectory, "PushNet.Web.dll");
        using var node = Process.Start(start)!;

        var report = await node.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await node.WaitForExitAsync().WaitAsync(Patience);

        Assert.True(node.ExitCode == 0, report);
        Assert.Contains("# fail 0", report, StringComparison.Ordinal);
    }
}
