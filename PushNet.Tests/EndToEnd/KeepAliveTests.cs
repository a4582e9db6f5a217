namespace PushNet.Tests.EndToEnd;

public class KeepAliveTests
{
    private static Task<PushServer> Start(string interval, string timeout) =>
        PushServer.StartAsync(("KeepAlive:Interval", interval), ("KeepAlive:Timeout", timeout));

    [Fact]
    public async Task A_ping_frame_comes_every_interval_whatever_the_client_sends()
    {
        await using var server = await Start("00:00:00.2", "00:01:00");
        using var client = await (await server.ConnectAsync()).JoinAsync("live");

        for (var i = 0; i < 5; i++)
        {
            var ping = await client.ReadUntilAsync(RawFrame.Ping);
            Assert.Empty(ping!.Payload);
            await client.SendTextAsync("ping");
        }
    }

    [Fact]
    public async Task A_peer_that_never_answers_is_closed()
    {
        await using var server = await Start("00:00:00.2", "00:00:00.5");
        using var client = await (await server.ConnectAsync()).JoinAsync("live");

        await server.UntilConnectionsAre(0);
    }

    [Fact]
    public async Task Any_byte_is_life_even_without_a_pong()
    {
        await using var server = await Start("00:00:00.2", "00:00:02");
        using var client = await (await server.ConnectAsync()).JoinAsync("live");

        // Twenty Pings last longer than the timeout, and none of them is answered by a Pong.
        for (var pings = 0; pings < 20; pings++)
        {
            Assert.NotNull(await client.ReadUntilAsync(RawFrame.Ping));
            await client.SendTextAsync("ping");
        }

        Assert.Equal(1, (await server.GetJsonAsync("/health")).GetProperty("connections").GetInt32());
    }

    [Fact]
    public async Task A_socket_that_takes_nothing_while_bytes_wait_is_closed_though_its_peer_still_talks()
    {
        await using var server = await Start("00:10:00", "00:00:02");
        await server.IngestAsync(Lines.Game("g1"));
        using var client = await (await server.ConnectAsync(receiveBuffer: 4096)).JoinAsync("odds");
        await server.IngestAsync(Lines.MovingPrices("g1", 15_000));
        await client.SendTextAsync("still here");

        await server.UntilConnectionsAre(0);
    }
}
