using System.Text;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using PushNet.Actors.Feed;

namespace PushNet.Tests.Feed;

public sealed class ReplayFeedTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _path = Path.GetTempFileName();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => File.Delete(_path);

    [Fact]
    public async Task Lines_come_at_their_time_and_untouched()
    {
        Write("""{"at":0,"type":"game"}""" + "\n" + """{ "type":"price", "at" : 7.5 }""" + "\n");
        await using var groups = Feed().GetAsyncEnumerator();
        Assert.True(await groups.MoveNextAsync());
        Assert.Equal("""{"at":0,"type":"game"}""", Text(groups.Current.Single()));

        var second = groups.MoveNextAsync().AsTask();
        await Reach(second, TimeSpan.FromSeconds(7.5));

        Assert.Equal("""{ "type":"price", "at" : 7.5 }""", Text(groups.Current.Single()));
        Assert.False(await groups.MoveNextAsync());
    }

    [Fact]
    public async Task Speed_makes_the_replay_faster()
    {
        Write("""{"at":60}""" + "\n" + """{"at":60.1}""");
        await using var groups = Feed(speed: 10).GetAsyncEnumerator();

        await Reach(groups.MoveNextAsync().AsTask(), TimeSpan.FromSeconds(6));
        Assert.Equal("""{"at":60}""", Text(groups.Current.Single()));
    }

    [Fact]
    public async Task Numbers_are_those_of_the_file_though_blank_lines_and_the_byte_order_mark_are_skipped()
    {
        Write("\uFEFF{\"at\":0}\r\n\r\n   \n\t\n{\"at\":0,\"a\":1}\n\n{\"at\":0,\"a\":2}");

        var lines = await Lines();

        Assert.Equal(
            [(1, """{"at":0}"""), (5, """{"at":0,"a":1}"""), (7, """{"at":0,"a":2}""")], lines.Select(line => (line.Number, Text(line))));
    }

    [Theory]
    [InlineData("""{"type":"game"}""")]
    [InlineData("""{"at":"9"}""")]
    [InlineData("""{"at":-1}""")]
    [InlineData("""{"at":null}""")]
    [InlineData("""{"at":1e300}""")]
    [InlineData("""{"at":1e999}""")]
    [InlineData("""{"at":{"at":9}}""")]
    [InlineData("""{"scores":{"at":9}}""")]
    [InlineData("""{"at":9""")]
    [InlineData("""{"at":9} and more""")]
    [InlineData("""{"\ud800":9}""")]
    [InlineData("""["at",9]""")]
    [InlineData("no JSON")]
    public async Task A_line_without_a_usable_time_comes_with_the_line_before_it(string line)
    {
        Write("""{"at":3,"a":1}""" + "\n" + line + "\n" + """{"at":6}""");
        await using var groups = Feed().GetAsyncEnumerator();

        var first = groups.MoveNextAsync().AsTask();
        await Reach(first, TimeSpan.FromSeconds(3));

        Assert.Equal(["""{"at":3,"a":1}""", line], groups.Current.Select(Text));
    }

    [Fact]
    public async Task A_time_before_that_of_an_earlier_line_is_played_at_once()
    {
        Write("""{"at":3}""" + "\n" + """{"at":1}""" + "\n" + """{"at":2}""");
        await using var groups = Feed().GetAsyncEnumerator();

        await Reach(groups.MoveNextAsync().AsTask(), TimeSpan.FromSeconds(3));

        Assert.Equal(3, groups.Current.Count);
    }

    [Fact]
    public async Task An_endless_line_is_cut_but_stays_too_long_and_the_next_one_is_whole()
    {
        Write("""{"at":0}""" + "\n" + new string('x', 1_000_000) + "\n" + """{"at":0,"a":1}""");

        var lines = await Lines();

        Assert.Equal([1L, 2, 3], lines.Select(line => line.Number));
        Assert.InRange(lines[1].Utf8.Length, 65_537, 200_000);
        Assert.Equal("""{"at":0,"a":1}""", Text(lines[2]));
    }

    [Fact]
    public async Task An_empty_file_is_an_empty_feed()
    {
        Write("");
        Assert.Empty(await Lines());
    }

    [Fact]
    public async Task A_missing_file_is_told_when_it_is_read()
    {
        var feed = new ReplayFeed(_path + ".missing", 1, _time);
        await Assert.ThrowsAsync<FileNotFoundException>(async () => await feed.ReadAsync(CancellationToken.None).ToListAsync());
    }

    [Fact]
    public void No_bytes_stop_a_replay_or_lose_a_line() =>
        Gen.Select(Gen.Byte.Where(value => value is not (byte)'\n').Array[0, 60].Array[0, 20], Gen.Bool).Sample(
            (texts, isLastEnded) =>
            {
                var path = Path.GetTempFileName();
                File.WriteAllBytes(
                    path, [.. texts.SelectMany((text, index) => index < texts.Length - 1 || isLastEnded ? [.. text, (byte)'\n'] : text)]);
                var numbers = new ReplayFeed(path, 1, TimeProvider.System).ReadAsync(CancellationToken.None)
                    .ToBlockingEnumerable().SelectMany(group => group).Select(line => line.Number).ToList();
                File.Delete(path);
                Assert.Equal(texts.Index().Where(text => !IsBlank(text.Item)).Select(text => text.Index + 1L), numbers);
            },
            iter: 300);

    private static bool IsBlank(byte[] text) => text.All(value => value is (byte)' ' or (byte)'\t' or (byte)'\r');

    private static string Text(FeedLine line) => Encoding.UTF8.GetString(line.Utf8.Span);

    private void Write(string text) => File.WriteAllBytes(_path, Encoding.UTF8.GetBytes(text));

    private IAsyncEnumerable<IReadOnlyList<FeedLine>> Feed(double speed = 1) =>
        new ReplayFeed(_path, speed, _time).ReadAsync(CancellationToken.None);

    private async Task<List<FeedLine>> Lines() =>
        (await Feed().ToListAsync().AsTask().WaitAsync(Patience)).SelectMany(group => group).ToList();

    /// <summary>Must come once the clock shows this much more, and must not need more time than that.</summary>
    private async Task Reach(Task<bool> group, TimeSpan later)
    {
        _time.Advance(later);
        Assert.True(await group.WaitAsync(Patience));
    }
}
