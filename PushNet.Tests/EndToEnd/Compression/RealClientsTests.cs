using System.Diagnostics;
using System.Net.Sockets;
using System.Net.WebSockets;
using Microsoft.Playwright;
using PushNet.Tests.Scoreboard;
using static Microsoft.Playwright.Assertions;

namespace PushNet.Tests.EndToEnd.Compression;

/// <summary>
/// Clients of many makers in one compressed stream, some from the beginning and some later. All of them stall now and then.
/// </summary>
[Collection(Chromium.Name)]
public sealed class RealClientsTests(Chromium chromium)
{
    private const string Folder = "PushNet.Tests/EndToEnd/Compression";
    private const string NodeModules = "PushNet.Tests/Clients";
    private const int AllEvents = 20_000;
    private const int GroupOfLines = 50;
    private const string Offer = "Sec-WebSocket-Extensions: permessage-deflate";
    private const string Last = "\"new_price\":-777.0";

    // One that never reads is told what was dropped, although what it has not read is compressed.
    private static readonly (string, string)[] Settings = [("Limits:QueueCapacity", "256"), ("Limits:SocketSendBuffer", "8192")];
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    [FactWithFile(Chromium.File)]
    public async Task Clients_of_many_makers_receive_every_message_to_the_byte()
    {
        await using var server = await PushServer.StartAsync(Settings);
        await server.IngestAsync(Lines.Game("g1"));
        using var plain = await server.JoinAsync("odds", "compress=off");
        var events = new Dictionary<long, string>();
        using var stalled = await PushClient.JoinAsync(server.Address("odds"), Deflates, SmallBuffers());
        using var raw = await (await server.ConnectAsync()).JoinAsync("odds", PushServer.Key, Offer);
        await using var page = await chromium.OpenAsync(server.Url, PushServer.Key, "#/odds/g1");
        await page.UntilConnectedAsync();
        var clients = await StartAll(server, page.Tab);
        var compressed = IsSentCompressed(raw);

        await Publish(server, plain, events, Fuzz.Fuzz.Of(AllEvents) / 2);
        clients.AddRange(await StartAll(server, page.Tab));
        await Publish(server, plain, events, Fuzz.Fuzz.Of(AllEvents) / 2);
        await server.IngestAsync(Lines.Price("g1", -777, outcome: "outcome-0"));
        await ReadUpTo(plain, events, Last);
        await Expect(page.Price("moneyline", "outcome-0", "book")).ToHaveTextAsync("−777");

        foreach (var (name, messages) in clients)
        {
            Received.IsComplete(name, await messages.WaitAsync(Patience), events, agreed: name != "gorilla");
        }

        // Otherwise everything above would also hold for a server that sends nothing compressed.
        Assert.True(await compressed);
        var late = await ReadAll(stalled);
        Received.IsComplete("a stalled client of .NET", late, events, agreed: true);
        Assert.Contains(late, message => message.StartsWith("{\"type\":\"lagged\"", StringComparison.Ordinal));
    }

    /// <summary>Starts one client of each maker, and waits until all have joined.</summary>
    private static async Task<List<(string Name, Task<List<string>> Messages)>> StartAll(PushServer server, IPage tab)
    {
        var open = await ConnectionsOf(server);
        var address = server.Address("odds").ToString();
        List<(string Name, Task<List<string>> Messages)> clients =
        [
            ("Chromium", InBrowser(tab, address)),
            ("ws", Run("node", [DocsTests.PathOf($"{Folder}/ws-client.mjs"), address, Last])),
            ("websockets", Run("/usr/bin/python3", [DocsTests.PathOf($"{Folder}/websockets-client.py"), address, Last])),
            (".NET", ReadAll(await PushClient.JoinAsync(server.Address("odds"), Deflates))),
        ];
        if (Fuzz.Fuzz.IsLong)
        {
            clients.Add(("aiohttp", Run("/usr/bin/python3", [DocsTests.PathOf($"{Folder}/aiohttp-client.py"), address, Last])));
            clients.Add(("gorilla", Run("/usr/bin/go", ["run", DocsTests.PathOf($"{Folder}/gorilla-client.go"), address, Last])));
        }

        await Eventually.True(
            async () => clients.Any(client => client.Messages.IsFaulted) || await ConnectionsOf(server) >= open + clients.Count);
        return clients;
    }

    private static async Task<int> ConnectionsOf(PushServer server) =>
        (await server.GetJsonAsync("/health")).GetProperty("connections").GetInt32();

    /// <summary>Publishes events as fast as a busy feed, and reads them with the plain client.</summary>
    private static async Task Publish(PushServer server, PushClient plain, Dictionary<long, string> events, int count)
    {
        using var timer = new PeriodicTimer(Tick);
        for (var sent = 0; sent < count; sent += GroupOfLines)
        {
            await server.IngestAsync(Lines.MovingPrices("g1", GroupOfLines, from: events.Count));
            for (var i = 0; i < GroupOfLines; i++)
            {
                await Read(plain, events);
            }

            await timer.WaitForNextTickAsync();
        }
    }

    private static async Task ReadUpTo(PushClient plain, Dictionary<long, string> events, string last)
    {
        while (!(await Read(plain, events)).Contains(last, StringComparison.Ordinal))
        {
        }
    }

    private static async Task<string> Read(PushClient plain, Dictionary<long, string> events)
    {
        var message = (await plain.ReceiveTextAsync())!;
        Assert.True(Received.IsEvent(message), message);
        events.Add(Received.SeqOf(message), message);
        return message;
    }

    private static async Task<bool> IsSentCompressed(RawClient client)
    {
        while (await client.ReadFrameAsync() is { } frame)
        {
            if (frame.IsCompressed)
            {
                return true;
            }
        }

        return false;
    }

    private static void Deflates(ClientWebSocketOptions options) => options.DangerousDeflateOptions = new WebSocketDeflateOptions();

    private static HttpMessageInvoker SmallBuffers() => new(new SocketsHttpHandler
    {
        ConnectCallback = async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    private static async Task<List<string>> ReadAll(PushClient client)
    {
        using (client)
        {
            List<string> messages = [client.Welcome.GetRawText(), client.Snapshot.GetRawText()];
            while (!messages[^1].Contains(Last, StringComparison.Ordinal))
            {
                messages.Add((await client.ReceiveTextAsync())!);
            }

            return messages;
        }
    }

    private static async Task<List<string>> InBrowser(IPage tab, string address) => [.. await tab.EvaluateAsync<string[]>(
        """
        ([address, last]) => new Promise((resolve, reject) => {
          const messages = [];
          const socket = new WebSocket(address);
          socket.onmessage = ({ data }) => {
            messages.push(data);
            if (data.includes(last)) resolve(messages);
            else if (messages.length % 400 === 0) for (const end = performance.now() + 200; performance.now() < end;);
          };
          socket.onclose = ({ code }) => reject(new Error(`closed with ${code} after ${messages.length} messages`));
        })
        """,
        new[] { address, Last })];

    private static async Task<List<string>> Run(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = DocsTests.PathOf(NodeModules),
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["GO111MODULE"] = "off";
        start.Environment["GOPATH"] = "/usr/share/gocode";
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        List<string> messages = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            messages.Add(line);
        }

        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {await error}");
        return messages;
    }
}
