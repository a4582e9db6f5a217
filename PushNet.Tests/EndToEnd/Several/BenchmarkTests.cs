using System.Diagnostics;
using System.Text.Json.Nodes;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>The benchmark starts what the log needs, and measures it. Only with <c>PUSHNET_FUZZ=long</c>.</summary>
public sealed class BenchmarkTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LongFact(NatsServer.Program)]
    public async Task It_compares_what_servers_on_a_log_send_with_one_that_has_none()
    {
        var results = await ResultsAsync("run --servers 2 --odds 3 --rate 100 --warm-up 1 --duration 1");

        Assert.Equal(["everything", "everything, 2 servers on a log in 1 NATS"], results.Select(result => (string?)result!["Asks"]));
        Assert.All(results, result =>
        {
            Assert.Equal(6, (int)result!["Connections"]!);
            Assert.InRange((double)result["DeliveredPerSecond"]!, 300, 900);
            Assert.InRange((double)result["Durable"]!["AcknowledgedPerSecond"]!, 50, 150);
            Assert.All(
                (string[])["Undelivered", "Dropped", "Gaps", "Repeats", "Wrong", "Lost"], count => Assert.Equal(0, (int)result[count]!));
        });
        Assert.Null(results[0]!["BehindMs"]);
        Assert.True((double)results[1]!["BehindMs"]! >= 0);
        Assert.True((double)results[1]!["StoreCores"]! > 0);
    }

    [LongFact(NatsServer.Program)]
    public async Task It_waits_for_the_answers_of_every_store()
    {
        var results = await ResultsAsync("ingest --lines 2 --rate 100 --warm-up 1 --duration 1");

        Assert.Equal(["None", "Sqlite", "Postgres", "Nats", "Nats3"], results.Select(result => (string?)result!["Store"]));
        Assert.All(results, result =>
        {
            Assert.InRange((double)result!["LinesPerSecond"]!, 50, 150);
            Assert.True((double)result["P99Ms"]! >= (double)result["P50Ms"]!);
            Assert.Equal(0, (int)result["Refused"]!);
        });
    }

    private async Task<JsonArray> ResultsAsync(string arguments)
    {
        var program = typeof(BenchmarkTests).Assembly.Location.Replace("PushNet.Tests", "PushNet.Bench", StringComparison.Ordinal);
        var file = _folder.File("results.json");
        using var process = Process.Start("dotnet", [program, .. arguments.Split(' '), "--json", file]);
        await process.WaitForExitAsync().WaitAsync(5 * PushServer.Patience);
        Assert.Equal(0, process.ExitCode);
        return JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsArray();
    }
}
