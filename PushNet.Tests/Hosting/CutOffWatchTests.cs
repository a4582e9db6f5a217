using System.Net;
using System.Net.Sockets;
using System.Text;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using PushNet.Actors.Admission;
using PushNet.Actors.Channels;
using PushNet.Actors.Log;
using PushNet.Actors.Log.Entries;
using PushNet.Actors.Log.Replica;
using PushNet.Actors.State;
using PushNet.Tests.EndToEnd;
using PushNet.Tests.Log;
using PushNet.Web.Hosting;
using PushNet.Web.Settings;
using PushNet.Web.Sockets;

namespace PushNet.Tests.Hosting;

/// <summary>A server that is cut off from the log, and asks another one.</summary>
public sealed class CutOffWatchTests : ActorTest
{
    private volatile LogStatus _status = Standing(LogStanding.Ready);

    [Fact]
    public async Task Clients_are_told_to_leave_when_another_server_is_ready_and_are_admitted_when_the_log_is_back()
    {
        var (limiter, live, odds) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        var registry = ActorRegistry.For(Sys);
        registry.Register<ConnectionLimiter>(limiter);
        registry.Register<LivePublisher>(live);
        registry.Register<OddsPublisher>(odds);
        Func<LogStatus> status = () => _status;
        registry.Register<GameStateActor>(Sys.ActorOf(Props.Create(() => new Board(status))));
        using var other = new Answering();
        await using var shared = new LogKeeping(new LogSettings { Name = "a" }, new MemoryLog())
        {
            Servers = [Server("a", "http://127.0.0.1:1"), Server("b", other.Url), Server("c", ""), Server("d", "http://127.0.0.1:1")],
        };
        var options = new PushNetOptions { Data = new DataOptions { Log = new LogOptions { GoodbyeAfter = TimeSpan.FromSeconds(30) } } };
        using var watch = new CutOffWatch(
            shared,
            options,
            registry,
            new SocketRegistry(),
            Time,
            new ApplicationLifetime(NullLogger<ApplicationLifetime>.Instance),
            NullLogger<CutOffWatch>.Instance);
        await watch.StartAsync(CancellationToken.None);

        _status = Standing(LogStanding.CutOff);
        other.Answer = """{"status":"degraded","reason":"no word from the log"}""";
        await PassAsync(() => other.Count >= 3);
        Assert.Null(watch.WhyNotReady);

        other.Answer = """{"status":"ok"}""";
        await PassAsync(() => watch.WhyNotReady is not null);
        Assert.Contains("b has: it is cut off from NATS", watch.WhyNotReady, StringComparison.Ordinal);
        Assert.Equal("the server is cut off from its data", (await limiter.ExpectMsgAsync<StopAdmitting>()).Why);
        Assert.Equal(new Drain(TimeSpan.Zero, "the server is cut off from its data"), await live.ExpectMsgAsync<Drain>());
        await odds.ExpectMsgAsync<Drain>();

        _status = Standing(LogStanding.Ready);
        await PassAsync(() => watch.WhyNotReady is null);
        await limiter.ExpectMsgAsync<AdmitAgain>();
        await live.ExpectMsgAsync<EndDrain>();
        await odds.ExpectMsgAsync<EndDrain>();
        await watch.StopAsync(CancellationToken.None);
    }

    private static LogStatus Standing(LogStanding standing) => new(standing, 1, TimeSpan.Zero, TimeSpan.FromMinutes(1));

    private static KnownServer Server(string name, string address) => new(new LogServer(name, "", 1, 1, address, 0), 1, 0, 0, 0, 0);

    private Task PassAsync(Func<bool> until) => Eventually.True(() =>
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        return Task.FromResult(until());
    });

    private sealed class Board : ReceiveActor
    {
        public Board(Func<LogStatus> status) =>
            Receive<GetBoardStatus>(_ => Sender.Tell(new BoardStatus(0, 0, 0, 0, 0) { Log = status() }));
    }

    /// <summary>A server that answers each connection the same.</summary>
    private sealed class Answering : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private int _count;

        public Answering()
        {
            _listener.Start();
            _ = AcceptAsync();
        }

        public string Url => $"http://{_listener.LocalEndpoint}";

        public string Answer { get; set; } = "";

        /// <summary>How often it has answered.</summary>
        public int Count => Volatile.Read(ref _count);

        public void Dispose() => _listener.Dispose();

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptSocketAsync();
                    var request = new byte[4096];
                    var read = await client.ReceiveAsync(request);
                    Assert.StartsWith("GET /health/ready ", Encoding.ASCII.GetString(request, 0, read), StringComparison.Ordinal);
                    await client.SendAsync(Encoding.ASCII.GetBytes(
                        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{Answer}"));
                    Interlocked.Increment(ref _count);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
