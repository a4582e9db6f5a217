using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit.Abstractions;

namespace PushNet.Tests.EndToEnd.Several;

/// <summary>Servers on one log that have a cap together. The seconds of docs/several-servers.md come from here.</summary>
public sealed class SharedCapOnServersTests(ITestOutputHelper output)
{
    private const int Cap = 300;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [LongFact(NatsServer.Program)]
    public async Task Three_servers_never_have_more_clients_than_the_cap_and_others_get_the_slots_of_one_that_is_killed_after_a_while()
    {
        await using var nats = await NatsServer.StartAsync();
        using var a = await ClientsOf.StartAsync("a", nats.Url);
        using var b = await ClientsOf.StartAsync("b", nats.Url);
        using var c = await ClientsOf.StartAsync("c", nats.Url);
        ClientsOf[] all = [a, b, c];

        var begin = Stopwatch.GetTimestamp();
        await FillAsync(all, () => all.Sum(server => server.Count) >= Cap);
        output.WriteLine($"full after {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s: {Counts()}");
        begin = Stopwatch.GetTimestamp();
        await FillAsync(all, () => Stopwatch.GetElapsedTime(begin) > TimeSpan.FromSeconds(6));
        Assert.Equal(Cap, all.Sum(server => server.Count));

        // What one gives back another one gets.
        a.Leave(20);
        await FillAsync([b, c], () => all.Sum(server => server.Count) >= Cap - ClientsOf.Ahead);

        ClientsOf[] left = [a, b];
        await c.KillAsync();
        begin = Stopwatch.GetTimestamp();
        var (before, lost) = (a.Count + b.Count, c.Count);
        var kept = TimeSpan.Zero;
        await FillAsync(left, () =>
        {
            kept = kept == TimeSpan.Zero && a.Count + b.Count > Cap - lost ? Stopwatch.GetElapsedTime(begin) : kept;
            return a.Count + b.Count >= Cap;
        });
        output.WriteLine($"{before} of {Cap} were left; more after {kept.TotalSeconds:0.0} s, {Counts()} after "
            + $"{Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s");
        Assert.InRange(kept, TimeSpan.FromSeconds(39), TimeSpan.FromSeconds(65));
        begin = Stopwatch.GetTimestamp();
        await FillAsync(left, () => Stopwatch.GetElapsedTime(begin) > TimeSpan.FromSeconds(6));
        Assert.Equal(Cap, a.Count + b.Count);

        string Counts() => string.Join(' ', all.Select(server => server.Count));
    }

    [LongFact(NatsServer.Program)]
    public async Task A_server_gives_its_clients_up_when_NATS_is_away_for_all_and_takes_some_when_it_is_back()
    {
        await using var nats = await NatsServer.StartAsync();
        await using var server = await PushServer.StartAsync(
            ("Data:Nats", nats.Url), ("Data:Log:MaxBytes", "67108864"), ("Data:Log:MaxConnections", "10"));
        await Eventually.True(async () => await StatusAsync("/ws/live") == HttpStatusCode.UpgradeRequired);
        using var client = await (await server.ConnectAsync()).JoinAsync("live");

        var begin = Stopwatch.GetTimestamp();
        await nats.KillAsync();
        while (await StatusAsync("/health/ready") == HttpStatusCode.OK)
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < TimeSpan.FromMinutes(1), "it is still ready");
            await Task.Delay(Pause);
        }

        output.WriteLine($"not ready after {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s");
        Assert.Equal(1012, (await client.ReadUntilAsync(RawFrame.Close))!.CloseCode);
        client.Dispose();
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync("/ws/live"));

        await nats.StartAgainAsync();
        await Eventually.True(async () => await StatusAsync("/ws/live") == HttpStatusCode.UpgradeRequired);
        using var again = await (await server.ConnectAsync()).JoinAsync("live");

        async Task<HttpStatusCode> StatusAsync(string path)
        {
            using var answer = await server.Http.GetAsync(path);
            return answer.StatusCode;
        }
    }

    private static async Task FillAsync(ClientsOf[] servers, Func<bool> until)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!until())
        {
            var isFull = true;
            foreach (var server in servers)
            {
                isFull &= !await server.TryJoinAsync();
            }

            if (isFull)
            {
                await Task.Delay(Pause, patience.Token);
            }
        }
    }

    /// <summary>A server and those of its clients that were let in.</summary>
    private sealed class ClientsOf : IDisposable
    {
        /// <summary>Slots that a server holds for newcomers.</summary>
        public const int Ahead = Cap / 64;

        private readonly ServerProcess _process;
        private readonly Uri _url;
        private readonly Stack<RawClient> _clients = new();

        private ClientsOf(ServerProcess process, Uri url) => (_process, _url) = (process, url);

        public int Count => _clients.Count;

        public static async Task<ClientsOf> StartAsync(string name, string nats)
        {
            var process = ServerProcess.Start(
                ["--urls", "http://127.0.0.1:0"],
                ("PushNet__Data__Nats", nats),
                ("PushNet__Data__Log__Name", name),
                ("PushNet__Data__Log__MaxBytes", "67108864"),
                ("PushNet__Data__Log__MaxConnections", $"{Cap}"),
                ("PushNet__ApiKeys__0__Name", "all"),
                ("PushNet__ApiKeys__0__Key", PushServer.Key),
                ("PushNet__ApiKeys__0__Scopes", "live,odds,ingest"));
            return new ClientsOf(process, await process.ListeningAsync());
        }

        public async Task<bool> TryJoinAsync()
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(_url.Host, _url.Port);
            var client = new RawClient(socket, _url.Authority);
            var head = await client.RequestAsync(client.Handshake("live"));
            if (!head.StartsWith("HTTP/1.1 101 ", StringComparison.Ordinal))
            {
                Assert.StartsWith("HTTP/1.1 503 ", head);
                client.Dispose();
                return false;
            }

            _clients.Push(client);
            return true;
        }

        public void Leave(int count)
        {
            for (; count > 0; count--)
            {
                _clients.Pop().Dispose();
            }
        }

        public async Task KillAsync()
        {
            await _process.SignalAsync("KILL");
            await _process.ExitAsync();
        }

        public void Dispose()
        {
            Leave(Count);
            _process.Dispose();
        }
    }
}
