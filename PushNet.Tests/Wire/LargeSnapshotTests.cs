using System.Buffers;
using System.Text.Json;
using PushNet.Actors.Games;
using PushNet.Actors.Wire;

namespace PushNet.Tests.Wire;

/// <summary>Snapshots that are too large for one block of memory.</summary>
public sealed class LargeSnapshotTests
{
    private const int Games = 4000;

    [Fact]
    public void A_large_snapshot_is_one_frame_in_blocks_that_share_the_memory_of_its_games()
    {
        var games = Encode(long.MaxValue);

        var frame = new FrameEncoder().Snapshot("odds", 5, games, 7);

        var blocks = Blocks(frame);
        Assert.True(blocks.Count > 4);
        Assert.All(blocks, block => Assert.True(block.Length <= 300_000));
        Assert.Equal(Blocks(games.Bytes), blocks[1..^1]);
        var message = Assert.Single(Frames.Parse(frame.ToArray()));
        Assert.Equal(("snapshot", 7L, Games, Games),
            (message.Type(), message.Seq(), message.GetProperty("count").GetInt32(), message.GetProperty("games").GetArrayLength()));
    }

    [Fact]
    public void Games_in_blocks_read_as_those_in_one()
    {
        var some = Board().Take(20).ToList();

        var inBlocks = FrameEncoder.EncodeInBlocks(some, _ => GameView.ByMarket([], null), long.MaxValue);

        Assert.Equal(
            JsonSerializer.Serialize(JsonElement.Parse(new FrameEncoder().EncodeGames(some).Json.Span)),
            JsonSerializer.Serialize(JsonElement.Parse(inBlocks.Json.Span)).Replace(",\"markets\":{}", "", StringComparison.Ordinal));
    }

    [Fact]
    public void What_would_be_larger_than_it_may_be_is_given_up()
    {
        var length = Encode(long.MaxValue).Bytes.Length;

        Assert.Throws<SnapshotTooLargeException>(() => Encode(10_000));
        Assert.Throws<SnapshotTooLargeException>(() => Encode(length - 1));
        Assert.Equal(length, Encode(length).Bytes.Length);
    }

    private static GamesArray Encode(long maxBytes) => FrameEncoder.EncodeInBlocks(Board(), _ => GameView.ByMarket([], null), maxBytes);

    private static IEnumerable<Game> Board() => Enumerable.Range(0, Games).Select(i => Given.Game($"g{i}"));

    private static List<ReadOnlyMemory<byte>> Blocks(ReadOnlySequence<byte> bytes)
    {
        var blocks = new List<ReadOnlyMemory<byte>>();
        foreach (var block in bytes)
        {
            blocks.Add(block);
        }

        return blocks;
    }
}
