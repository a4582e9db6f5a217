using System.Net.Sockets;
using PushNet.Tests.EndToEnd;

namespace PushNet.Tests.Fuzz;

/// <summary>Random frame streams over real sockets that end in every way there is.</summary>
[Collection(Alone.Name)]
public class SocketFuzzTests
{
    private const int Streams = 2_000;
    private const int AtOnce = 16;
    private const long HeapSlack = 8 * 1024 * 1024;

    [Fact]
    public async Task No_stream_keeps_a_slot_or_memory_and_the_server_goes_on_serving()
    {
        await using var server = await PushServer.StartAsync(("Sockets:CloseTimeout", "00:00:00.100"));
        await server.IngestAsync(Lines.Game("g1"));
        var half = Fuzz.Of(Streams) / 2;

        await SendAll(server, 0, half);
        var afterFirst = Fuzz.HeldBytes();
        await SendAll(server, half, half);
        var afterSecond = Fuzz.HeldBytes();

        Assert.InRange(afterSecond, 0, afterFirst + HeapSlack);
        using var client = await server.JoinAsync("odds");
        await server.IngestAsync(Lines.Price("g1", 100));
        Assert.Equal("price_change", (await client.ReceiveAsync()).Type());
    }

    private static async Task SendAll(PushServer server, int first, int count)
    {
        await Parallel.ForAsync(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, _) => await Send(server, Fuzz.RandomOf(i)));
        await server.UntilConnectionsAre(0);
    }

    private static async Task Send(PushServer server, Random random)
    {
        using var client = await server.ConnectAsync();
        List<string> request =
            [.. client.Handshake(random.Next(2) == 0 ? "live" : "odds"), "Sec-WebSocket-Extensions: permessage-deflate"];
        var handshake = await client.RequestAsync(request[..^random.Next(2)]);
        Assert.StartsWith("HTTP/1.1 101 ", handshake);
        try
        {
            await client.Socket.SendAsync(FrameStreams.Make(random));
            switch (random.Next(4))
            {
                case 0:
                    client.Socket.LingerState = new LingerOption(true, 0);
                    return;
                case 1:
                    return;
                case 2:
                    client.Socket.Shutdown(SocketShutdown.Send);
                    break;
                default:
                    await client.SendFrameAsync(0x88, RawClient.ClosePayload(1000));
                    client.Socket.Shutdown(SocketShutdown.Send);
                    break;
            }

            while (await client.ReadFrameAsync() is not null)
            {
            }
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The server had enough already.
        }
    }
}
