using Microsoft.Extensions.DependencyInjection;
using PushNet.Actors.Subscribers;
using PushNet.Actors.Wire;

namespace PushNet.Tests.EndToEnd;

/// <summary>What snapshots with prices may hold together, over real sockets.</summary>
public class SnapshotLimitTests
{
    private const int MaxBytes = 4 * 1024 * 1024;

    [Fact]
    public async Task Who_asks_for_more_than_one_may_have_is_closed_with_1013_and_who_asks_for_less_is_not()
    {
        await using var server = await StartAsync(outcomes: 20_000);
        using var client = await server.ConnectAsync();
        Assert.StartsWith("HTTP/1.1 101 ", await client.RequestAsync(client.Handshake("odds", $"{PushServer.Key}&prices=snapshot")));

        var close = await client.ReadUntilAsync(RawFrame.Close);
        await client.SendFrameAsync(0x80 | RawFrame.Close, RawClient.ClosePayload(CloseCodes.TryAgainLater));

        Assert.Equal(CloseCodes.TryAgainLater, close!.CloseCode);
        Assert.Null(await client.ReadFrameAsync());
        using var less = await server.JoinAsync("odds", "prices=snapshot&book=nobody");
        Assert.Equal(1, less.Snapshot.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Clients_that_take_nothing_hold_no_more_than_the_limit_and_are_cut_for_those_who_wait()
    {
        await using var server = await StartAsync(outcomes: 8000);
        var memory = server.Services.GetRequiredService<SnapshotMemory>();
        var stalled = new List<RawClient>();
        for (var i = 0; i < 4; i++)
        {
            stalled.Add(await server.ConnectAsync(receiveBuffer: 4096));
            Assert.StartsWith("HTTP/1.1 101 ",
                await stalled[^1].RequestAsync(stalled[^1].Handshake("odds", $"{PushServer.Key}&prices=snapshot&book=book,x{i}")));
        }

        await Eventually.True(() => Task.FromResult(memory.IsShort));
        using var client = await server.JoinAsync("odds", "prices=snapshot");

        Assert.InRange(memory.Taken, 0, MaxBytes);
        Assert.Equal(1, client.Snapshot.GetProperty("count").GetInt32());
        stalled.ForEach(one => one.Dispose());
    }

    private static async Task<PushServer> StartAsync(int outcomes)
    {
        var server = await PushServer.StartAsync(("Limits:MaxSnapshotBytes", $"{MaxBytes}"));
        await server.IngestAsync(
            [Lines.Game("g1"), .. Enumerable.Range(0, outcomes).Select(i => Lines.Price("g1", 100, outcome: $"outcome number {i}"))]);
        return server;
    }
}
