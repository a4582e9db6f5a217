using System.Diagnostics;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Clients;

/// <summary>
/// The client of clients/js in Node against the real server, and the pure parts of the page that uses it. The tests themselves are in
/// *.test.js.
/// </summary>
public class JsClientTests
{
    private const string Folder = "PushNet.Tests/Clients";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [FactWithFile($"{Folder}/node_modules/ws/package.json")]
    public async Task The_client_module_and_the_parts_of_the_page_pass_their_tests_in_node()
    {
        var start = new ProcessStartInfo("node",
            ["--test", "--test-reporter=tap", "client.test.js", "server-life.test.js", "../Scoreboard/page.test.js"])
        {
            WorkingDirectory = DocsTests.PathOf(Folder),
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
