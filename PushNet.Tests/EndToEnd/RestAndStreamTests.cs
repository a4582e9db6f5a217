using System.Text.Json;

namespace PushNet.Tests.EndToEnd;

/// <summary>REST and the stream tell one story: <c>seq</c> joins answers and stream (docs/protocol.md#rest).</summary>
public class RestAndStreamTests
{
    [Fact]
    public async Task Markets_at_a_seq_are_what_the_stream_had_told_at_that_seq()
    {
        const int rounds = 40;
        await using var server = await PushServer.StartAsync();
        await server.IngestAsync(Lines.Game("g1"));
        using var client = await server.JoinAsync("odds");

        var feeding = Task.Run(async () =>
        {
            for (var i = 0; i < rounds; i++)
            {
                await server.IngestAsync(Lines.MovingPrices("g1", 20, from: i * 20));
            }
        });
        var answers = new List<JsonElement>();
        while (!feeding.IsCompleted)
        {
            answers.Add(await server.GetJsonAsync("/v1/games/g1/markets"));
        }

        await feeding;
        answers.Add(await server.GetJsonAsync("/v1/games/g1/markets"));
        Assert.True(answers.Count > 3);
        var (told, seq) = (new SortedDictionary<string, string>(StringComparer.Ordinal), client.SnapshotSeq);
        foreach (var answer in answers)
        {
            while (seq < answer.Seq())
            {
                var frame = await client.ReceiveAsync();
                seq = frame.Seq();
                told[frame.GetProperty("outcome").GetString()!] = frame.GetProperty("new_price").GetRawText();
            }

            Assert.Equal(seq, answer.Seq());
            Assert.Equal(
                told.Select(price => (price.Key, price.Value)),
                answer.GetProperty("markets").EnumerateObject().SelectMany(market => market.Value.EnumerateArray())
                    .Select(o => (o.GetProperty("outcome").GetString()!, o.GetProperty("price").GetRawText())).Order());
        }
    }

    [Fact]
    public async Task Who_was_told_of_an_event_or_had_an_acknowledgement_reads_it()
    {
        await using var server = await PushServer.StartAsync();
        using var client = await server.JoinAsync("live");
        for (var i = 1; i <= 50; i++)
        {
            var feeding = server.IngestAsync(Lines.Game($"g{i}"));
            var seq = (await client.ReceiveUntilAsync("new_game")).Seq();
            Assert.True((await server.GetJsonAsync("/v1/games/live")).Seq() >= seq);
            await feeding;
        }
    }
}
