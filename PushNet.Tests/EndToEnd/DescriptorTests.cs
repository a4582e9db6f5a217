using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PushNet.Web.Sockets.Accepting;

namespace PushNet.Tests.EndToEnd;

/// <summary>Connections that use up the files of the process harm neither the process nor those who are connected.</summary>
[Collection(Alone.Name)]
public partial class DescriptorTests
{
    private const int Clients = 200;

    /// <summary>Files that stay free, whoever comes: two thirds of those that are kept for later and for operators.</summary>
    private const int FreeFiles = 100;

    private static readonly (string, string)[] Settings =
    [
        ("ASPNETCORE_URLS", "http://127.0.0.1:0"),
        ("PushNet__Operator__Url", "http://127.0.0.2:0"),
        ("PushNet__Limits__MaxConnections", $"{Clients}"),
        ("PushNet__ApiKeys__0__Name", "all"),
        ("PushNet__ApiKeys__0__Key", PushServer.Key),
        ("PushNet__ApiKeys__0__Scopes", "live,odds,ingest"),
    ];

    /// <summary>The open-file limit of the server; this process must be able to use up as many.</summary>
    private static readonly int Files = Flood.IsLong ? (int)Math.Min(20_000, (OpenFiles.Limit() ?? 20_000) - 2_000) : 1_024;

    [Fact]
    public async Task Floods_that_would_use_up_all_files_cost_admitted_clients_nothing()
    {
        // Compiled as in production, so that the CPU is that of the flood.
        using var server = ServerProcess.StartIn($"ulimit -n {Files} &&", [], [.. Settings, ("DOTNET_TC_QuickJit", "0")]);
        var url = await server.ListeningAsync();
        using var operators = new HttpClient { BaseAddress = await OperatorsOf(server) };
        using var feeder = await ConnectAsync(url);
        await feeder.SendAsync(IngestTests.ChunkedPost(Lines.Game("g1") + "\n"));
        await Eventually.True(async () => await HealthAsync(operators, "games") == 1);
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ => await (await ConnectAsync(url)).JoinAsync("live")));
        var received = clients.Select(GoalsAsync).ToList();
        var (goals, started) = (0, Stopwatch.GetTimestamp());

        // The first goals compile what the feed and the fan-out need. Otherwise that would count as the flood's CPU.
        await FeedAsync(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(10));

        // Visitors that never send a request, and visitors of a full server that wait on their connections.
        var handshake = Encoding.ASCII.GetBytes(string.Join("\r\n", feeder.Handshake("live")) + "\r\n\r\n");
        (byte[], TimeSpan)[] floods = [([], TimeSpan.FromMilliseconds(100)), (handshake, TimeSpan.FromSeconds(Math.Max(4, Files / 200)))];
        foreach (var (request, pause) in floods)
        {
            await using (var flood = new Flood(url, Files - Clients, request, pause))
            {
                var (cpu, begin) = (server.CpuTime, Stopwatch.GetTimestamp());
                await FeedAsync(Flood.Length, TimeSpan.FromMilliseconds(50));
                var cores = (server.CpuTime - cpu) / Stopwatch.GetElapsedTime(begin);
                Assert.True(cores < 0.5, $"{cores:0.00} cores in a flood of {request.Length} bytes each");
                Assert.Equal(Clients, await HealthAsync(operators, "connections"));
            }

            // The server is in full service again: it answers each request at once.
            using var http = new HttpClient { BaseAddress = url };
            Assert.Equal(Clients, await HealthAsync(http, "connections"));
        }

        await SendAsync(feeder, Lines.Game("g1", home: ++goals));
        await SendAsync(feeder, Lines.Game("g1", "final", home: goals));
        Assert.All(await Task.WhenAll(received), scores => Assert.Equal(Enumerable.Range(1, goals), scores));
        Assert.True(await HealthAsync(operators, "evicted") > 0);
        var told = Count(server, "connections that the open-file limit leaves are taken");
        Assert.InRange(told, 1, Flood.IsLong ? 1 + (int)Stopwatch.GetElapsedTime(started).TotalMinutes : 1);
        Array.ForEach(clients, client => client.Dispose());
        await Eventually.True(async () => await HealthAsync(operators, "connections") == 0);
        using var newcomer = await (await ConnectAsync(url)).JoinAsync("live");

        async Task FeedAsync(TimeSpan length, TimeSpan pause)
        {
            var begin = Stopwatch.GetTimestamp();
            using var timer = new PeriodicTimer(pause);
            while (Stopwatch.GetElapsedTime(begin) < length && await timer.WaitForNextTickAsync())
            {
                await SendAsync(feeder, Lines.Game("g1", home: ++goals));
                Assert.InRange(server.OpenFiles, 0, Files - FreeFiles);
            }
        }
    }

    [Fact]
    public async Task An_open_file_limit_that_leaves_no_connection_stops_the_start_with_a_sentence()
    {
        using var server = ServerProcess.StartIn("ulimit -n 400 &&", [], Settings);

        await server.ExitAsync();

        Assert.Equal(1, server.ExitCode);
        Assert.Contains("PushNet can't start: the open-file limit of 400 is too low", server.Output);
    }

    private static async Task<Uri> OperatorsOf(ServerProcess server)
    {
        await Eventually.True(() => Task.FromResult(Operators().IsMatch(server.Output)));
        return new Uri(Operators().Match(server.Output).Groups[1].Value);
    }

    private static async Task<int> HealthAsync(HttpClient http, string field) =>
        JsonDocument.Parse(await http.GetStringAsync("/health")).RootElement.GetProperty(field).GetInt32();

    private static int Count(ServerProcess server, string sentence) => server.Output.Split(sentence).Length - 1;

    private static async Task SendAsync(RawClient feeder, string line) => await feeder.SendAsync(IngestTests.Chunk(line + "\n"));

    private static async Task<List<int>> GoalsAsync(RawClient client)
    {
        var goals = new List<int>();
        while (await client.ReadFrameAsync() is { } frame && frame.Type != "game_final")
        {
            if (frame.Type == "score_change")
            {
                goals.Add(frame.Json.GetProperty("score_home").GetInt32());
            }
            else if (frame.Opcode == RawFrame.Ping)
            {
                await client.SendFrameAsync(0x80 | RawFrame.Pong, frame.Payload);
            }
        }

        return goals;
    }

    private static async Task<RawClient> ConnectAsync(Uri url)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(url.Host, url.Port);
        return new RawClient(socket, url.Authority);
    }

    [GeneratedRegex(@"^Operators: (http://127\.0\.0\.2:\d+)", RegexOptions.Multiline)]
    private static partial Regex Operators();
}
